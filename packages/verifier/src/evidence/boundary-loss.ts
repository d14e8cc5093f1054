import type { Attempt } from '../experiments/attempt.ts'
import type { BoundaryTried } from '../experiments/boundary-bodies.ts'
import { isObject } from '../experiments/json-node.ts'
import type { Operation } from '../experiments/operation.ts'
import type { ReadBack } from '../experiments/read-back.ts'
import { type Loss, losses } from './losses.ts'

/** What became of a body at an edge of the schema. */
export type BoundaryOutcome =
  | { readonly kind: 'kept' }
  /** It was refused, or nothing shows what was stored. */
  | { readonly kind: 'unseen' }
  /** It was answered with 5xx, or not at all. */
  | { readonly kind: 'broken'; readonly seen: string }
  /** `by` tells which rule is broken: what also happens to usual values has nothing to do with the edge. */
  | { readonly kind: 'lost'; readonly by: 'the edge' | 'anything'; readonly lost: readonly Loss[] }

/** Judges one body at an edge, given what was lost of a usual one, so that one cause is found by one check. */
export function boundaryOutcome(
  { boundary, tried, read }: BoundaryTried,
  usual: readonly Loss[],
  operation: Operation,
): BoundaryOutcome {
  if (tried.kind === 'unanswered')
    return { kind: 'broken', seen: `is not answered (${tried.exchange.failure?.detail})` }
  if (tried.attempt.status >= 500) return { kind: 'broken', seen: `answers ${tried.attempt.status}` }
  if (read?.kind !== 'read' || read.resource === undefined) return { kind: 'unseen' }
  const { lost, seen } = losses(tried.attempt.body, read.json, operation)
  if (lost.length === 0) return seen > 0 ? { kind: 'kept' } : { kind: 'unseen' }
  const own = usual.some(({ pointer }) => pointer === boundary.pointer)
    ? []
    : lost.filter((loss) => loss.pointer === boundary.pointer && isOfTheEdge(boundary.about, loss))
  return own.length > 0 ? { kind: 'lost', by: 'the edge', lost: own } : { kind: 'lost', by: 'anything', lost }
}

/** What a usual body lost, by a read of what was made from it. */
export function usualLosses(attempt: Attempt, read: ReadBack, operation: Operation): readonly Loss[] {
  return read.kind === 'read' && isObject(read.resource) ? losses(attempt.body, read.json, operation).lost : []
}

function isOfTheEdge(about: BoundaryTried['boundary']['about'], { sent, seen }: Loss): boolean {
  if (about === 'number') return typeof sent === 'number' && typeof seen === 'number'
  if (about !== 'unicode' || typeof sent !== 'string' || typeof seen !== 'string') return false
  // Text that was changed in its ASCII letters only (case, blanks) would have been changed without the others too, and
  // where nothing is left of them (a word that is not known became the default), the other letters were not to blame.
  return foreign(sent) !== foreign(seen) && seen.includes(sent.slice(0, BEGINNING))
}

// Of the unique ASCII text that stands before the other scripts.
const BEGINNING = 4

function foreign(text: string): string {
  return [...text].filter((character) => character > '\x7f').join('')
}
