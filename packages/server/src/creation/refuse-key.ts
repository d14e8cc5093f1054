import type { Outcome } from '../idempotency/once.ts'
import { overloaded } from './overloaded.ts'
import { type Rejection, rejected } from './rejection.ts'
import { retryAfter } from './retry-after.ts'

/** What a key comes to that is neither executed nor replayed. */
type Refused = Exclude<Outcome<unknown>, { readonly kind: 'executed' | 'replay' }>

/** Refuses a request because of what became of its key. */
export function refuseKey(reusedStatus: 422 | 400, outcome: Refused): Rejection {
  switch (outcome.kind) {
    case 'in-flight':
      return rejected('idempotency-key-in-flight', 'The first request with this key is still running.', {
        headers: retryAfter(outcome.retryAfterMs),
      })
    case 'mismatch':
      return rejected('idempotency-key-reused', 'The key was used before with another method, path, query or body.', {
        status: reusedStatus,
      })
    case 'blocked':
      return rejected(
        'idempotency-key-blocked',
        'A request with this key was cut off, and what it did is unknown. It is not run again: an operator finds out, and lets the key go with `createonce keys release`, or with release() of the store.',
        { cause: outcome.cause },
      )
    case 'overloaded':
      return overloaded(outcome.retryAfterMs)
  }
}
