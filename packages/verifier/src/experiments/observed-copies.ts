import { type Attempt, accepted } from './attempt.ts'
import type { Lab } from './lab.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'
import { readBack } from './read-back.ts'

/** How many resources exist that were made from one body. */
export type Copies =
  /** `exact` when the whole collection was seen; otherwise there may be more. */
  | { readonly kind: 'counted'; readonly count: number; readonly exact: boolean; readonly evidence: readonly number[] }
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
    return {
      kind: 'blind',
      reason: listing.kind === 'unlisted' ? listing.reason : 'nothing in the body marks what is made from it',
    }
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
  const ids = new Set(attempts.filter(accepted).flatMap(({ id }) => (id === undefined ? [] : [id.value])))
  const count = listing.items.filter((item) => carries(item, marks) || ids.has(idOf(item, attempts))).length
  // Lists may show less of a resource than its marks: then a count of none says nothing.
  if (count === 0 && (marks.size === 0 || attempts.some(accepted))) return undefined
  return { count, exact: listing.complete && marks.size > 0, evidence: listing.evidence }
}

function idOf(item: unknown, attempts: readonly Attempt[]): string {
  const member = attempts.find(({ id }) => id !== undefined)?.id?.member
  const value = member === undefined ? undefined : (item as Record<string, unknown> | null)?.[member]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

async function distinctReads(lab: Lab, attempts: readonly Attempt[]): Promise<{ count: number; evidence: number[] }> {
  const places = new Map<string, Attempt>()
  for (const attempt of attempts.filter(accepted)) places.set(placeOf(attempt), attempt)
  const evidence: number[] = []
  let count = 0
  for (const attempt of places.values()) {
    const read = await readBack(lab, attempt)
    if (read.kind !== 'read') continue
    count++
    evidence.push(read.answer.id)
  }
  return { count, evidence }
}

/** What an answer says it made, comparable: the id if there is one, for a Location may be spelled in several ways. */
export function placeOf(attempt: Attempt): string {
  return attempt.id?.value ?? attempt.locations[0] ?? attempt.answer.response.body
}
