import type { CreationEvent } from '../observe/events.ts'
import { logEvent } from '../observe/log.ts'
import type { Answer } from './answer.ts'
import type { Handled, Seen } from './handled.ts'
import type { Plan } from './plan.ts'
import { problemCatalogue } from './problem-catalogue.ts'

/** Logs the one event of this request. A logger that throws must not turn a committed creation into an error. */
export function report<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: { readonly requestId: string },
  handled: Handled,
  answer: Answer,
  seen: Seen,
): void {
  const { log, operation } = plan.settings
  if (log === undefined) return
  const durationMs = performance.now() - seen.startedAt
  const event: CreationEvent = {
    event: handled.kind === 'rejected' ? problemCatalogue[handled.code].event : handled.event,
    operation,
    requestId: request.requestId,
    ...(seen.principal !== undefined && { principal: plan.pseudonym(seen.principal) }),
    ...(seen.key !== undefined && { key: plan.pseudonym(seen.key) }),
    status: answer.status,
    ...(handled.kind === 'rejected' && { code: handled.code }),
    ...(handled.kind === 'rejected' && handled.cause !== undefined && { err: handled.cause }),
    ...(answer.headers['Location'] !== undefined && { location: answer.headers['Location'] }),
    durationMs: Math.round(durationMs * 1_000) / 1_000,
    attempt: Math.max(1, seen.attempts),
  }
  try {
    logEvent(log, event)
  } catch {
    // There is nobody left to tell.
  }
}
