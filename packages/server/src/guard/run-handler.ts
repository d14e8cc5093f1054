import { createContext } from '../creation/create-context.ts'
import type { CreationRequest } from '../creation/creation-request.ts'
import type { Seen } from '../creation/handled.ts'
import type { Claim, Claimed, Session, Settlement } from '../idempotency/store.ts'
import { UnknownOutcomeError } from '../idempotency/store-errors.ts'
import type { CapturedResponse } from './captured-response.ts'
import type { RunHandler } from './guard.ts'
import type { GuardPlan } from './guard-plan.ts'
import { toRecorded } from './to-recorded.ts'
import { withinLimits } from './within-limits.ts'

/** A request that is about to be executed. */
export interface GuardedAttempt<Tx, Native> {
  readonly request: CreationRequest<Native>
  readonly principal: string
  readonly seen: Seen
  readonly claim: Claim | undefined
  readonly run: RunHandler<Tx>
  readonly contexts: WeakMap<object, unknown>
}

/** An answer that does not say whether its effects happened: kept nowhere, and sent to its own client. */
export class UnknownAnswerError extends UnknownOutcomeError {
  readonly captured: CapturedResponse
  constructor(captured: CapturedResponse) {
    super(`The handler answered ${captured.status}: whether its effects happened is unknown.`)
    this.captured = captured
  }
}

/** The store has undone what the handler wrote and would run it once more, on a request that it has used up. */
export class RunTwiceError extends Error {
  override readonly name = 'RunTwiceError'
}

/** Runs the handler under the claim, and keeps its answer together with what it wrote through the transaction. */
export function runHandler<Tx, Native>(
  plan: GuardPlan<Tx, Native>,
  attempt: GuardedAttempt<Tx, Native>,
): Promise<Claimed<CapturedResponse>> {
  const { seen, claim } = attempt
  return plan.store.once<CapturedResponse>(claim, async (session) => {
    seen.attempts += 1
    if (seen.attempts > 1) {
      throw new RunTwiceError(
        'The store would run the handler a second time for one request, which cannot be read again.',
      )
    }
    return settle(plan, claim, await answerOf(plan, attempt, session))
  })
}

async function answerOf<Tx, Native>(
  plan: GuardPlan<Tx, Native>,
  { request, principal, claim, run, contexts }: GuardedAttempt<Tx, Native>,
  session: Session<Tx>,
): Promise<CapturedResponse> {
  const native: unknown = request.native
  const context = createContext({ request, principal, claim }, session)
  if (typeof native === 'object' && native !== null) contexts.set(native, context)
  try {
    return await withinLimits(run(context), plan, session.signal)
  } catch (cause) {
    if (plan.onCrash === undefined || claim === undefined || cause instanceof UnknownOutcomeError) throw cause
    // A handler that was not written for this library may throw after its effect as well as before.
    throw new UnknownOutcomeError('The handler failed: whether its effects happened is unknown.', { cause })
  }
}

function settle<Tx, Native>(
  plan: GuardPlan<Tx, Native>,
  claim: Claim | undefined,
  captured: CapturedResponse,
): Settlement<CapturedResponse> {
  const meaning = plan.meaning(captured.status)
  if (meaning === 'done') return { kind: 'commit', result: captured, answer: toRecorded(captured) }
  if (meaning === 'unknown' && plan.onCrash !== undefined && claim !== undefined) throw new UnknownAnswerError(captured)
  return { kind: 'roll-back', result: captured }
}
