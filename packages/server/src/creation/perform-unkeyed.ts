import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import type { Handled } from './handled.ts'
import { overloaded } from './overloaded.ts'
import type { Pending } from './pending.ts'
import type { Plan } from './plan.ts'

/** Executes a request that has no key: only a transaction, which a retry repeats. */
export function performUnkeyed<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
): MaybePromise<Handled> {
  return andThen(plan.perform(plan, pending), (claimed) => {
    if (claimed.kind === 'executed') return claimed.result
    if (claimed.kind === 'overloaded') return overloaded(claimed.retryAfterMs)
    throw new Error(
      `The store ${plan.settings.store.name} answered '${claimed.kind}' to a transaction without a claim.`,
    )
  })
}
