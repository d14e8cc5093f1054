import { andThen, isPromise, type MaybePromise } from '../idempotency/and-then.ts'
import { type KeyInScope, keyInScope } from '../idempotency/key-in-scope.ts'
import type { CachedRecord } from '../idempotency/replay-cache.ts'
import { isVerbatim } from '../idempotency/verbatim.ts'
import { type Ended, observeCreation } from '../observe/observe-creation.ts'
import type { Answer } from './answer.ts'
import type { CreationRequest } from './creation-request.ts'
import type { Handled, Seen } from './handled.ts'
import { checkContent } from './headers/check-request-headers.ts'
import { performKeyed } from './perform-keyed.ts'
import { performUnkeyed } from './perform-unkeyed.ts'
import type { Plan } from './plan.ts'
import { principalOf } from './principal.ts'
import { readBody } from './read-body.ts'
import { readKey } from './read-key.ts'
import { report } from './report.ts'
import { toFailed } from './to-failed.ts'
import { toProblem } from './to-problem.ts'

/** The way of one request, from the adapter's hands and back into them; at once, where nothing has to be waited for. */
export function handle<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
): MaybePromise<Answer> {
  const { observe, operation, log } = plan.settings
  if (observe === undefined) return run(plan, request, log === undefined ? 0 : performance.now(), undefined)
  const startedAt = performance.now()
  return observeCreation(observe, { operation }, (ended) => run(plan, request, startedAt, ended))
}

function run<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  startedAt: number,
  ended: Ended | undefined,
): MaybePromise<Answer> {
  const seen: Seen = { principal: undefined, key: undefined, attempts: 0, startedAt, ended }
  try {
    const handled = stages(plan, request, seen)
    if (!isPromise(handled)) return finish(plan, request, handled, seen)
    return handled.then(
      (outcome) => finish(plan, request, outcome, seen),
      (error) => finish(plan, request, toFailed(plan, request, error), seen),
    )
  } catch (error) {
    return finish(plan, request, toFailed(plan, request, error), seen)
  }
}

/** Media type, then who asks, with which key, and only then the body. */
function stages<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  seen: Seen,
): MaybePromise<Handled> {
  const refusal = checkContent(request)
  if (refusal !== undefined) return refusal
  const { principal: naming } = plan.settings
  if (naming === 'anybody') return identified(plan, request, naming, seen)
  return andThen(principalOf(naming, request), (principal) => identified(plan, request, principal, seen))
}

function identified<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  principal: string,
  seen: Seen,
): MaybePromise<Handled> {
  seen.principal = principal
  const key = readKey(plan.keyPolicy, request.headers['idempotency-key'])
  let keyed: KeyInScope | undefined
  let known: CachedRecord | undefined
  if (typeof key === 'string') {
    keyed = keyInScope(principal, plan.settings.operation, key)
    known = plan.replays.get(keyed.id)
    if (known !== undefined && isVerbatim(known.asked, request)) {
      seen.key = key
      return { kind: 'answered', event: 'creation.replayed', answer: known.answer }
    }
  }
  const body = readBody(plan.maxBodyBytes, request.body)
  if (body.kind === 'rejected') return body
  if (typeof key === 'object') return key
  seen.key = key
  return keyed === undefined
    ? performUnkeyed(plan, { request, body, principal, seen, claim: undefined })
    : performKeyed(plan, { request, body, principal, seen }, keyed, known)
}

function finish<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  handled: Handled,
  seen: Seen,
): Answer {
  const answer =
    handled.kind === 'rejected'
      ? toProblem(handled, { problemTypes: plan.problemTypes, requestId: request.requestId })
      : handled.answer
  if (plan.settings.log !== undefined || seen.ended !== undefined || answer.status >= 500) {
    const { requestId, headers } = request
    report(plan, { requestId, traceparent: headers['traceparent'] }, handled, answer, seen)
  }
  return answer
}
