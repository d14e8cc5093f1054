/**
 * A value as indented JSON that acts on no terminal: what JSON itself leaves as it is (the upper control characters, the
 * signs that turn the direction of writing) is escaped too, and reads the same.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${text}\n`
}
