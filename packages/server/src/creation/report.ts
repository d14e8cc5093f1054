import { bareError } from '../observe/bare-error.ts'
import { logEvent } from '../observe/log.ts'
import type { CreationEnded } from '../observe/observer.ts'
import { traceIdOf } from '../observe/trace-parent.ts'
import type { Answer } from './answer.ts'
import type { Handled, Seen } from './handled.ts'
import type { Plan } from './plan.ts'
import { problemCodes } from './problem-codes.ts'

/** What is known of a request even where the framework refused it. */
export interface Reported {
  readonly requestId: string
  readonly traceparent: string | readonly string[] | undefined
}

/**
 * Tells the one event of this request to log and observer. One of them that throws must not turn a committed creation into an
 * error, nor keep the other from being told.
 */
export function report<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  request: Reported,
  handled: Handled,
  answer: Answer,
  seen: Seen,
): void {
  const { log } = plan.settings
  const event = silently(() => toEvent(plan, request, handled, answer, seen))
  if (event === undefined) return
  silently(() => seen.ended?.(event))
  if (log === undefined) return
  silently(() =>
    logEvent(log, {
      ...event,
      ...(seen.principal !== undefined && { principal: plan.pseudonym(seen.principal) }),
      ...(seen.key !== undefined && { key: plan.pseudonym(seen.key) }),
    }),
  )
}

function toEvent<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
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
