import type { Settlement } from '../../idempotency/store.ts'
import type { FoundRecord } from './found-record.ts'

/** What one transaction came to. */
export type Tried<Result> =
  | { readonly kind: 'executed'; readonly result: Result }
  | ({ readonly kind: 'recorded' } & FoundRecord)
  | { readonly kind: 'in-flight' }
  /** Another transaction held a lock that was needed for too long; nothing was kept. */
  | { readonly kind: 'locked' }
  /** Nothing was kept; a new transaction may succeed. */
  | { readonly kind: 'again'; readonly error: unknown }
  /** COMMIT was sent, and its answer was lost. */
  | { readonly kind: 'unknown'; readonly settlement: Settlement<Result> & { kind: 'commit' }; readonly error: unknown }
