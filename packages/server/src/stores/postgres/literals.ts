/**
 * A text as a literal that means the same whatever `standard_conforming_strings` says: E'' strings always know
 * backslashes.
 */
export function textLiteral(text: string): string {
  if (text.includes('\0')) throw new TypeError('PostgreSQL keeps no U+0000 in text; encode it, as JSON does.')
  return `E'${text.replace(/['\\]/g, (character) => (character === "'" ? "''" : '\\\\'))}'`
}

/** A name of the schema, quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

// The last day that PostgreSQL reads in the form that Date writes; whoever keeps a record longer keeps it until then.
const LATEST_MS = Date.UTC(9999, 11, 31)

/** A time as a literal, to the millisecond. */
export function timeLiteral(ms: number): string {
  return `'${new Date(Math.min(ms, LATEST_MS)).toISOString()}'`
}
