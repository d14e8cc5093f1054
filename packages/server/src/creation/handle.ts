import { compareFingerprint, fingerprintOf } from '../idempotency/fingerprint.ts'
import { scopeOf } from '../idempotency/scope.ts'
import type { Answer } from './answer.ts'
import type { CreationRequest } from './creation-request.ts'
import type { Handled, Seen } from './handled.ts'
import { checkContent } from './headers/check-request-headers.ts'
import { perform } from './perform.ts'
import type { Plan } from './plan.ts'
import { principalOf } from './principal.ts'
import { type ReadBody, readBody } from './read-body.ts'
import { readKey } from './read-key.ts'
import { rejected } from './rejection.ts'
import { report } from './report.ts'
import { toFailure } from './to-failure.ts'
import { toProblem } from './to-problem.ts'

/** The way of one request, from the adapter's hands and back into them. */
export async function handle<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
): Promise<Answer> {
  const startedAt = performance.now()
  const seen: Seen = { principal: undefined, key: undefined }
  let handled: Handled
  try {
    handled = await stages(plan, request, seen)
  } catch (error) {
    handled = toFailure(error)
  }
  const answer =
    handled.kind === 'rejected'
      ? toProblem(handled, { problemTypes: plan.problemTypes, requestId: request.requestId })
      : handled.answer
  if (plan.settings.log !== undefined) report(plan, request, handled, answer, seen, performance.now() - startedAt)
  return answer
}

async function stages<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  seen: Seen,
): Promise<Handled> {
  const refusal = checkContent(request)
  if (refusal !== undefined) return refusal
  const body = readBody(plan.maxBodyBytes, request.body)
  if (body.kind === 'rejected') return body

  const { principal: naming } = plan.settings
  const principal = naming === 'anybody' ? naming : await principalOf(naming, request)
  seen.principal = principal
  const key = readKey(plan.keyPolicy, request.headers['idempotency-key'])
  if (typeof key === 'object') return key
  seen.key = key

  return key === undefined ? withoutKey(plan, request, body, principal) : withKey(plan, request, body, principal, key)
}

async function withoutKey<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  body: ReadBody,
  principal: string,
): Promise<Handled> {
  const claimed = await perform(plan, { request, body, principal, claim: undefined })
  if (claimed.kind === 'executed') return claimed.result
  if (claimed.kind === 'overloaded') return overloaded(claimed.retryAfterMs)
  throw new Error(`The store ${plan.settings.store.name} answered '${claimed.kind}' to a transaction without a claim.`)
}

async function withKey<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: CreationRequest<Native>,
  body: ReadBody,
  principal: string,
  key: string,
): Promise<Handled> {
  const canonical = body.canonical()
  if (canonical.kind === 'rejected') return canonical
  const asked = { method: request.method, path: request.path, query: request.query, canonicalBody: canonical.text }
  const fingerprint = fingerprintOf(asked)
  // A version that this process does not know was written by a newer one: it can't be compared, and a retry must
  // not be called reuse, so the key alone decides.
  const isSameRequest = (recorded: string): boolean =>
    recorded === fingerprint || compareFingerprint(recorded, asked) !== 'different'
  const claim = {
    scope: scopeOf(principal, plan.settings.operation),
    key,
    fingerprint,
    retentionMs: plan.retentionMs,
    ...(plan.settings.onCrash !== undefined && { onCrash: plan.settings.onCrash, isSame: isSameRequest }),
  }

  const outcome = await plan.once(claim, isSameRequest, () => perform(plan, { request, body, principal, claim }))
  switch (outcome.kind) {
    case 'executed':
      return outcome.result
    case 'replay':
      return {
        kind: 'answered',
        event: 'creation.replayed',
        answer: { ...outcome.answer, headers: { ...outcome.answer.headers, 'Idempotent-Replayed': 'true' } },
      }
    case 'in-flight':
      return rejected('idempotency-key-in-flight', 'The first request with this key is still running.', {
        headers: retryAfter(outcome.retryAfterMs),
      })
    case 'mismatch':
      return rejected('idempotency-key-reused', 'The key was used before with another method, path, query or body.', {
        status: plan.reusedStatus,
      })
    case 'blocked':
      return rejected(
        'idempotency-key-blocked',
        'A request with this key was cut off, and what it did is unknown. It is not run again: an operator finds out, and lets the key go with `createonce keys release` or the release() of the store.',
        { cause: outcome.cause },
      )
    case 'overloaded':
      return overloaded(outcome.retryAfterMs)
  }
}

function overloaded(retryAfterMs: number): Handled {
  return rejected('overloaded', 'The database is busy. Nothing was created.', { headers: retryAfter(retryAfterMs) })
}

function retryAfter(ms: number): { 'Retry-After': string } {
  return { 'Retry-After': String(Math.max(1, Math.ceil(ms / 1_000))) }
}
