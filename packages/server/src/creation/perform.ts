import type { MaybePromise } from '../idempotency/and-then.ts'
import type { Claim, Claimed } from '../idempotency/store.ts'
import type { CreationRequest } from './creation-request.ts'
import { execute } from './execute.ts'
import { executeInsert } from './execute-insert.ts'
import type { Handled, Seen } from './handled.ts'
import type { Plan } from './plan.ts'
import type { ReadBody } from './read-body.ts'

/** A request that is about to be executed. */
export interface Pending<Native> {
  readonly request: CreationRequest<Native>
  readonly body: ReadBody
  readonly principal: string
  readonly seen: Seen
  readonly claim: Claim | undefined
}

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
