import { InputRefusedError } from '../../idempotency/store-errors.ts'
import { findNul } from './find-nul.ts'
/**
 * A text as a literal that means the same whatever `standard_conforming_strings` says: E'' strings always know
 * backslashes.
 */
export function textLiteral(text: string): string {
  if (text.includes('\0'))
    throw new InputRefusedError('PostgreSQL keeps no U+0000 in text; encode it, as JSON does.', { find: findNul })
  return `E'${text.replace(/['\\]/g, (character) => (character === "'" ? "''" : '\\\\'))}'`
}

// Drawn once per process, so that nobody can write a value that ends the literal; looked for all the same.
const TAG = newTag()

/**
 * A text as a dollar-quoted literal: inside it nothing needs a backslash, where E'' would double each one that the text
 * has already.
 */
export function dollarLiteral(text: string): string {
  for (let tag = TAG; ; tag = newTag()) {
    if (!text.includes(tag)) return `${tag}${text}${tag}`
  }
}

function newTag(): string {
  return `$c${Math.random().toString(36).slice(2, 10)}$`
}

/** A name of the schema, quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

// The last day that PostgreSQL reads in the form that Date writes; whoever keeps a record longer keeps it until then.
const LATEST_MS = Date.UTC(9999, 11, 31)

// Many requests of one millisecond ask for the same two: their own time, and that of its end.
let [last, lastText, lastButOne, lastButOneText] = [Number.NaN, '', Number.NaN, '']

/** A time as PostgreSQL reads it, to the millisecond. */
export function timeText(ms: number): string {
  if (ms === last) return lastText
  if (ms === lastButOne) return lastButOneText
  const text = new Date(Math.min(ms, LATEST_MS)).toISOString()
  ;[last, lastText, lastButOne, lastButOneText] = [ms, text, last, lastText]
  return text
}
