import { type Attempt, accepted } from './attempt.ts'
import { isObject } from './json-node.ts'
import type { Lab } from './lab.ts'
import type { Listing } from './list-collection.ts'
import { carries } from './marks.ts'

/** What a listing shows of the resources made from one body. */
export interface ListedCopies {
  readonly count: number
  /** False when there may be more. */
  readonly exact: boolean
  readonly evidence: readonly number[]
}

/** Counts in a listing what was made from one body; undefined when the listing cannot tell. */
export function copiesIn(
  lab: Lab,
  body: unknown,
  attempts: readonly Attempt[],
  listing: Listing,
): ListedCopies | undefined {
  if (listing.kind === 'unlisted') return undefined
  const marks = lab.marks(body)
  const member = attempts.find(({ id }) => id !== undefined)?.id?.member
  const ids = new Set(attempts.filter(accepted).flatMap(({ id }) => (id === undefined ? [] : [id.value])))
  const own = listing.items.filter((item) => carries(item, marks) || ids.has(idOf(item, member) ?? ''))
  // One resource that a list shows twice is one resource.
  const count = new Set(own.map((item) => idOf(item, member) ?? JSON.stringify(item))).size
  // Lists may show less of a resource than its marks: then a count of none says nothing.
  if (count === 0 && (marks.size === 0 || attempts.some(accepted))) return undefined
  return { count, exact: listing.complete && marks.size > 0, evidence: listing.evidence }
}

function idOf(item: unknown, member: string | undefined): string | undefined {
  const value = member === undefined || !isObject(item) ? undefined : item[member]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
