import { stringsWithin } from './json-node.ts'

// Shorter strings turn up by chance; dates and times are shared by everything that was made today.
const shortestMark = 6
const dateLike = /^\d{4}-\d{2}(-\d{2})?([T ][\d:.]+)?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * The strings of a body by which the resource made from it can be told from all others.
 *
 * @param constants - strings that every body has: enumerations, ids of parents, examples.
 */
export function marksOf(body: unknown, constants: ReadonlySet<string>): ReadonlySet<string> {
  const candidates = stringsWithin(body).map(plain)
  return new Set(
    candidates.filter((text) => text.length >= shortestMark && !dateLike.test(text) && !constants.has(text)),
  )
}

/** Tells whether a value contains one of the marks. */
export function carries(value: unknown, marks: ReadonlySet<string>): boolean {
  return stringsWithin(value).some((text) => marks.has(plain(text)))
}

/** A string without the differences that servers make on purpose: case and surrounding space. */
export function plain(text: string): string {
  return text.trim().toLowerCase()
}
