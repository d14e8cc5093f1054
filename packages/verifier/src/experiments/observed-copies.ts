import { type Attempt, accepted } from './attempt.ts'
import { copiesIn } from './copies-in.ts'
import type { Lab } from './lab.ts'
import { listCollection } from './list-collection.ts'
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
  const listed = copiesIn(lab, body, attempts, listing)
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
