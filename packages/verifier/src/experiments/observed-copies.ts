import { type Attempt, accepted } from './attempt.ts'
import { isObject } from './json-node.ts'
import type { Lab } from './lab.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'
import { readBack } from './read-back.ts'
import { placeOf } from './same-resource.ts'

/** How many resources exist that were made from one body. */
export type Copies =
  /** `exact` when the whole collection was seen; otherwise there may be more. */
  | {
      readonly kind: 'counted'
      readonly count: number
      readonly exact: boolean
      readonly evidence: readonly number[]
    }
  | { readonly kind: 'blind'; readonly reason: string }

/**
 * Counts what exists of the resources made from one body: in the collection by the body's marks, and by reading
 * what the answers point to. The greater number stands, since neither can show what is not there.
 */
export async function observedCopies(lab: Lab, body: unknown, attempts: readonly Attempt[]): Promise<Copies> {
  const listing = await listCollection(lab)
  const listed = inCollection(lab, body, attempts, listing)
  const read = await distinctReads(lab, attempts)
  if (listed === undefined && read.count === 0) {
    const reason =
      listing.kind === 'unlisted' ? listing.reason : 'nothing in the collection can be recognised as made by it'
    return { kind: 'blind', reason }
  }
  return {
    kind: 'counted',
    count: Math.max(listed?.count ?? 0, read.count),
    exact: listed?.exact ?? false,
    evidence: [...(listed?.evidence ?? []), ...read.evidence],
  }
}

function inCollection(lab: Lab, body: unknown, attempts: readonly Attempt[], listing: Listing) {
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

async function distinctReads(lab: Lab, attempts: readonly Attempt[]): Promise<{ count: number; evidence: number[] }> {
  const places = new Map<string, Attempt>()
  for (const attempt of attempts.filter(accepted)) {
    const place = placeOf(attempt)
    if (place !== undefined) places.set(place, attempt)
  }
  // Answers that name the same thing in two ways would be counted twice: those with an id decide, if there are any.
  const named = [...places.values()]
  const comparable = named.some(({ id }) => id !== undefined) ? named.filter(({ id }) => id !== undefined) : named
  const evidence: number[] = []
  let count = 0
  for (const attempt of comparable) {
    const read = await readBack(lab, attempt)
    if (read.kind !== 'read') continue
    count++
    evidence.push(read.answer.id)
  }
  return { count, evidence }
}
