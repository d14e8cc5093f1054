import { canonicalText } from './canonical-text.ts'
import { MAX_LEVELS, MAX_POINTERS, pointerToken } from './examine-json.ts'

/** What `canonicalValue` made of a value. */
export type CanonicalValue =
  | { readonly kind: 'canonical'; readonly text: string }
  | {
      readonly kind: 'inexact'
      /** JSON pointers (RFC 6901) of the integers beyond 2^53 - 1, which may have lost digits; the first 20. */
      readonly pointers: readonly string[]
    }
  | {
      readonly kind: 'malformed'
      /** Why `readJson` would have refused the text, as a sentence. */
      readonly detail: string
    }

function findUnsafeIntegers(value: unknown, pointer: string, found: string[]): void {
  if (found.length === MAX_POINTERS) return
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) found.push(pointer)
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) findUnsafeIntegers(inner, pointer + pointerToken(index), found)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) findUnsafeIntegers(inner, pointer + pointerToken(name), found)
  }
}

/**
 * The canonical JSON (RFC 8785) of a body that a framework has parsed: the text that `readJson` gives for the same body,
 * except for what a parsed value no longer shows (duplicate member names, fractions of more digits than a double has).
 *
 * Integers beyond 2^53 - 1 are reported instead, unless they come as bigints. Dates and other instances count as what
 * JSON.stringify makes of them.
 *
 * @throws TypeError for what JSON cannot say at all: `undefined`, a function.
 */
export function canonicalValue(value: unknown): CanonicalValue {
  const written = canonicalText(value, MAX_LEVELS)
  if (written.kind === 'too-deep')
    return { kind: 'malformed', detail: `The nesting is deeper than ${MAX_LEVELS} levels.` }
  if (written.kind === 'not-plain') {
    const text = JSON.stringify(value) as string | undefined
    if (text === undefined) throw new TypeError(`A body must be a JSON value; this one is of type ${typeof value}.`)
    return canonicalValue(JSON.parse(text))
  }
  if (!written.unsafeIntegers) return { kind: 'canonical', text: written.text }
  const pointers: string[] = []
  findUnsafeIntegers(value, '', pointers)
  return { kind: 'inexact', pointers }
}
