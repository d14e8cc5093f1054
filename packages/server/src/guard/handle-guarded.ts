import type { CreationRequest } from '../creation/creation-request.ts'
import type { Handled, Seen } from '../creation/handled.ts'
import { overloaded } from '../creation/overloaded.ts'
import { principalOf } from '../creation/principal.ts'
import { readKey } from '../creation/read-key.ts'
import { refuseKey } from '../creation/refuse-key.ts'
import { type Rejection, rejected } from '../creation/rejection.ts'
import { report } from '../creation/report.ts'
import { toFailure } from '../creation/to-failure.ts'
import { toProblem } from '../creation/to-problem.ts'
import { compareFingerprint, fingerprintOf } from '../idempotency/fingerprint.ts'
import { keyInScope } from '../idempotency/key-in-scope.ts'
import type { Outcome } from '../idempotency/once.ts'
import type { Claim } from '../idempotency/store.ts'
import type { EventName } from '../observe/events.ts'
import { observeCreation } from '../observe/observe-creation.ts'
import type { CapturedResponse } from './captured-response.ts'
import { digestBody } from './digest-body.ts'
import type { Guarded, RunHandler } from './guard.ts'
import type { GuardPlan } from './guard-plan.ts'
import { type GuardedAttempt, RunTwiceError, runHandler, UnknownAnswerError } from './run-handler.ts'
import { toRecorded } from './to-recorded.ts'

/** What a guarded request came to: an answer of the handler's own, or one that stands in its place. */
type Reached = { readonly kind: 'ran'; readonly captured: CapturedResponse } | Handled

/** What is known of a request before its key is looked at. */
interface Asking<Tx, Native> {
  readonly request: CreationRequest<Native>
  readonly run: RunHandler<Tx>
  readonly contexts: WeakMap<object, unknown>
}

/** The way of one guarded request: who asks, with which key, for what; then replay, refusal, or the handler. */
export function handleGuarded<Tx, Native>(plan: GuardPlan<Tx, Native>, asking: Asking<Tx, Native>): Promise<Guarded> {
  const { operation, observe = {} } = plan.settings
  const startedAt = performance.now()
  return observeCreation(observe, { operation }, async (ended) => {
    const seen: Seen = { principal: undefined, key: undefined, attempts: 0, startedAt, ended }
    const reached = await stages(plan, asking, seen).catch(toReached)
    return finish(plan, asking.request, reached, seen)
  })
}

async function stages<Tx, Native>(
  plan: GuardPlan<Tx, Native>,
  asking: Asking<Tx, Native>,
  seen: Seen,
): Promise<Reached> {
  const { request } = asking
  const { operation, principal: naming } = plan.settings
  const principal = naming === 'anybody' ? naming : await principalOf(naming, request)
  seen.principal = principal
  const key = readKey(plan.keyPolicy, request.headers['idempotency-key'])
  if (typeof key === 'object') return key
  if (request.body.kind === 'raw' && request.body.bytes.byteLength > plan.maxBodyBytes) return tooLarge(plan)
  if (key === undefined) return unkeyed(plan, { ...asking, principal, seen, claim: undefined })
  seen.key = key

  const { scope, id } = keyInScope(principal, operation, key)
  const digest = digestBody(request, plan.maxBodyBytes)
  if (digest.kind === 'rejected') return digest
  const { method, path, query } = request
  const parts = { method, path, query, canonicalBody: digest.text }
  const fingerprint = fingerprintOf(parts)
  // A version that this process does not know was written by a newer one: it can't be compared, so the key decides.
  const isSame = (recorded: string): boolean =>
    recorded === fingerprint || compareFingerprint(recorded, parts) !== 'different'
  const { retentionMs, onCrash } = plan
  const base = { scope, key, fingerprint, retentionMs }
  const claim: Claim = onCrash === undefined ? base : { ...base, onCrash, isSame }

  const outcome = await plan.once<CapturedResponse>(
    { id, fingerprint, isSame, known: plan.replays.get(id), asked: () => undefined },
    () => runHandler(plan, { ...asking, principal, seen, claim }),
  )
  return reachedBy(plan, outcome)
}

async function unkeyed<Tx, Native>(plan: GuardPlan<Tx, Native>, attempt: GuardedAttempt<Tx, Native>): Promise<Reached> {
  const claimed = await runHandler(plan, attempt)
  if (claimed.kind === 'executed') return { kind: 'ran', captured: claimed.result }
  if (claimed.kind === 'overloaded') return overloaded(claimed.retryAfterMs)
  throw new Error(`The store ${plan.store.name} answered '${claimed.kind}' to a transaction without a claim.`)
}

function reachedBy<Tx, Native>(plan: GuardPlan<Tx, Native>, outcome: Outcome<CapturedResponse>): Reached {
  switch (outcome.kind) {
    case 'executed':
      return { kind: 'ran', captured: outcome.result }
    case 'replay':
      return { kind: 'answered', event: 'creation.replayed', answer: outcome.answer }
    case 'blocked':
      // The one whose answer blocked the key gets that answer; whoever comes later is told that it is blocked.
      if (outcome.cause instanceof UnknownAnswerError) return { kind: 'ran', captured: outcome.cause.captured }
      return refuseKey(plan.reusedStatus, outcome)
    default:
      return refuseKey(plan.reusedStatus, outcome)
  }
}

// How soon a client may come back whose transaction was undone together with others.
const RUN_TWICE_AFTER_MS = 1_000

function toReached(error: unknown): Reached {
  if (error instanceof UnknownAnswerError) return { kind: 'ran', captured: error.captured }
  if (error instanceof RunTwiceError) return overloaded(RUN_TWICE_AFTER_MS)
  return toFailure(error)
}

function finish<Tx, Native>(
  plan: GuardPlan<Tx, Native>,
  request: CreationRequest<Native>,
  reached: Reached,
  seen: Seen,
): Guarded {
  const { requestId, headers } = request
  const tell = (handled: Handled, answer: Parameters<typeof report>[3]): void =>
    report(plan, { requestId, traceparent: headers['traceparent'] }, handled, answer, seen)
  if (reached.kind === 'ran') {
    const answer = toRecorded({ ...reached.captured, body: undefined })
    tell({ kind: 'answered', event: eventOf(plan, reached.captured.status), answer }, answer)
    return { kind: 'captured' }
  }
  const answer = reached.kind === 'rejected' ? toProblem(reached, { ...plan, requestId }) : reached.answer
  tell(reached, answer)
  return { kind: 'answer', answer }
}

/** The handler's own answer, as the event table says it. */
function eventOf<Tx, Native>(plan: GuardPlan<Tx, Native>, status: number): EventName {
  if (plan.meaning(status) === 'done') return 'creation.created'
  return status < 500 ? 'creation.rejected' : 'creation.failed'
}

/** 413 for a body that is too large to be digested. */
export function tooLarge({ maxBodyBytes }: { readonly maxBodyBytes: number }): Rejection {
  return rejected('content-too-large', `The body is too large; at most ${maxBodyBytes} bytes are taken.`)
}
