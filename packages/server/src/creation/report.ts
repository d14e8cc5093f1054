import { bareError } from '../observe/bare-error.ts'
import { type Logger, logEvent } from '../observe/log.ts'
import type { CreationEnded } from '../observe/observer.ts'
import { tellFault } from '../observe/tell-fault.ts'
import { traceIdOf } from '../observe/trace-parent.ts'
import type { Answer } from './answer.ts'
import type { Handled, Seen } from './handled.ts'
import { problemCodes } from './problem-codes.ts'

/** What is known of a request even where the framework refused it. */
export interface Reported {
  readonly requestId: string
  readonly traceparent: string | readonly string[] | undefined
}

/** Whose request it is, and who is told. */
export interface Reporting {
  readonly settings: { readonly operation: string; readonly log?: Logger }
  readonly pseudonym: (value: string) => string
}

/**
 * Tells the one event of this request to log and observer, and a fault that has no log to standard error. One of them that throws must not turn a committed creation into an
 * error, nor keep the other from being told.
 */
export function report(plan: Reporting, request: Reported, handled: Handled, answer: Answer, seen: Seen): void {
  const { log } = plan.settings
  const event = silently(() => toEvent(plan, request, handled, answer, seen))
  if (event === undefined) return
  silently(() => seen.ended?.(event))
  if (log === undefined) {
    // What is passed on is the framework's to answer, and to tell.
    if (answer.passed === undefined) silently(() => tellFault(event))
    return
  }
  silently(() =>
    logEvent(log, {
      ...event,
      ...(seen.principal !== undefined && { principal: plan.pseudonym(seen.principal) }),
      ...(seen.key !== undefined && { key: plan.pseudonym(seen.key) }),
    }),
  )
}

function toEvent(
  plan: Reporting,
  { requestId, traceparent }: Reported,
  handled: Handled,
  answer: Answer,
  seen: Seen,
): CreationEnded {
  const durationMs = performance.now() - seen.startedAt
  const traceId = traceIdOf(traceparent)
  const location = answer.headers['Location']
  return {
    event: handled.kind === 'rejected' ? problemCodes[handled.code].event : handled.event,
    operation: plan.settings.operation,
    requestId,
    ...(traceId !== undefined && { traceId }),
    status: answer.status,
    ...(handled.kind === 'rejected' && { code: handled.code }),
    ...(handled.kind === 'rejected' && handled.cause !== undefined && { err: errOf(handled.cause) }),
    ...(answer.passed !== undefined && answer.status >= 500 && { err: errOf(answer.passed.error) }),
    ...(location !== undefined && { location }),
    durationMs: Math.round(durationMs * 1_000) / 1_000,
    attempt: Math.max(1, seen.attempts),
  }
}

/** An error that can't even be read, a getter that throws, must not leave the request without its event. */
function errOf(cause: unknown): Error {
  return silently(() => bareError(cause)) ?? new Error('What was thrown cannot be read.')
}

function silently<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch {
    // There is nobody left to tell.
    return undefined
  }
}
