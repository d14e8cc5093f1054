// https://www.postgresql.org/docs/current/catalog-pg-type.html: the type `text`, whose number is fixed.
const TEXT = 25

// Dimensions, whether there are nulls, type, length, lower bound: 32 bits each.
const HEADER = 20

// UTF-8 needs at most three bytes for each unit of UTF-16.
const WIDEST = 3

/**
 * An array of texts in the binary form of the protocol. Answers are JSON, so as text nearly every one would be copied
 * with a backslash before each quote, and read again character by character.
 */
export function textArray(values: readonly (string | null)[]): Buffer {
  let size = HEADER
  for (const value of values) size += 4 + (value === null ? 0 : value.length * WIDEST)
  const buffer = Buffer.allocUnsafe(size)
  let hasNulls = 0
  let at = HEADER
  for (const value of values) {
    if (value === null) {
      hasNulls = 1
      at = buffer.writeInt32BE(-1, at)
      continue
    }
    const length = buffer.write(value, at + 4)
    buffer.writeInt32BE(length, at)
    at += 4 + length
  }
  for (const [index, field] of [1, hasNulls, TEXT, values.length, 1].entries()) buffer.writeInt32BE(field, index * 4)
  return buffer.subarray(0, at)
}
