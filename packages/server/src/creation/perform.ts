import type { Claim, Claimed, RecordedAnswer, Settlement } from '../idempotency/store.ts'
import type { CreationRequest } from './creation-request.ts'
import { execute } from './execute.ts'
import { executeInsert } from './execute-insert.ts'
import type { Handled } from './handled.ts'
import type { Plan } from './plan.ts'
import type { ReadBody } from './read-body.ts'

/** A request that is about to be executed. */
export interface Pending<Native> {
  readonly request: CreationRequest<Native>
  readonly body: ReadBody
  readonly principal: string
  readonly claim: Claim | undefined
}

/** Executes the request through the store, in the way that its creation is written. */
export async function perform<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
): Promise<{ readonly claimed: Claimed<Handled>; readonly kept: RecordedAnswer | undefined }> {
  let kept: RecordedAnswer | undefined
  // Of several tries, the last one is what was kept.
  const noting = (settlement: Settlement<Handled>): Settlement<Handled> => {
    kept = settlement.kind === 'commit' ? settlement.answer : undefined
    return settlement
  }
  const claimed =
    plan.settings.insert === undefined
      ? await plan.settings.store.once(pending.claim, async (session) => noting(await execute(plan, pending, session)))
      : await executeInsert(plan, pending, noting)
  return { claimed, kept }
}
