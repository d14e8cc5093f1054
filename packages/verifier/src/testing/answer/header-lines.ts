import type { HeaderLine } from '../../exchange/exchange.ts'

/**
 * Header lines out of whatever a client keeps them in: `Headers`, a Map, pairs, the flat list of `rawHeaders`, or an
 * object whose values are texts or lists of texts.
 */
export function headerLines(headers: unknown): HeaderLine[] {
  if (typeof headers !== 'object' || headers === null) return []
  if (Array.isArray(headers) && headers.every((one) => typeof one === 'string')) return fromFlat(headers)
  const pairs = isIterable(headers) ? [...headers] : Object.entries(headers)
  return pairs.flatMap((pair) => {
    if (!Array.isArray(pair)) return []
    const [name, value] = pair as [unknown, unknown]
    if (value === undefined || value === null || typeof value === 'function') return []
    return (Array.isArray(value) ? value : [value]).map((one): HeaderLine => [String(name), String(one)])
  })
}

function fromFlat(flat: readonly string[]): HeaderLine[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : []))
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value
}
