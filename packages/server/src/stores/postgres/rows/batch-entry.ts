import type { Claim, RecordedAnswer } from '../../../idempotency/store.ts'

/** One declared row on its way into a batch. */
export interface BatchEntry {
  /** The values in the order of the shape's columns, as text. */
  readonly row: readonly (string | null)[]
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly record:
    | {
        readonly id: string
        readonly claim: Claim
        readonly answer: RecordedAnswer
        /** When it expires, as PostgreSQL reads it. */
        readonly expires: string
      }
    | undefined
}

/** What became of it. */
export type BatchOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'taken' }
  /** The reference of the shape, by its place, that leads nowhere. */
  | { readonly kind: 'orphan'; readonly reference: number }
  /** It has to be tried in a transaction of its own, which knows more about it. */
  | { readonly kind: 'alone' }
  /** The batch was sent, and nobody knows whether it was committed. */
  | { readonly kind: 'unknown'; readonly error: unknown }
  | { readonly kind: 'busy' }
