import { encodeSegment } from './encode-segment.ts'

/** What a path can be made of. */
export type PathValue = string | number | bigint | boolean

/**
 * Builds a path in which each value stays within its segment: it is percent-encoded, whatever it holds.
 *
 * @throws TypeError for a value that no segment can hold: empty, `.`, `..`, half of a surrogate pair, a number that is
 * no exact integer, or something else than a string, integer, bigint or boolean.
 *
 * @example
 * path`/orders/${'a/b'}` // '/orders/a%2Fb'
 */
export function path(literals: TemplateStringsArray, ...values: readonly PathValue[]): string {
  let text = literals[0]!
  for (let i = 0; i < values.length; i++) {
    const encoded = encodeSegment(values[i], text.includes('?') ? 'query' : 'path')
    if (typeof encoded !== 'string') {
      throw new TypeError(`path\`${literals.join('{…}')}\`: value ${i + 1} ${encoded.reason}.`)
    }
    text += encoded + literals[i + 1]!
  }
  return text
}
