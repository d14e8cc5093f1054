import type { MaybePromise } from '../idempotency/and-then.ts'
import type { Claimed } from '../idempotency/store.ts'
import { execute } from './execute.ts'
import { executeInsert } from './execute-insert.ts'
import type { Handled } from './handled.ts'
import type { Pending } from './pending.ts'
import type { Plan } from './plan.ts'

/** Executes the request through the store, in the way that its creation is written. */
export function perform<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
): MaybePromise<Claimed<Handled>> {
  if (plan.settings.insert !== undefined) return executeInsert(plan, pending)
  return plan.settings.store.once(pending.claim, (session) => {
    pending.seen.attempts += 1
    return execute(plan, pending, session)
  })
}
