import { TextRefusedError } from '../idempotency/store-errors.ts'
import type { CreationRequest } from './creation-request.ts'
import type { Handled } from './handled.ts'
import { refuseText } from './refuse-text.ts'
import { toFailure } from './to-failure.ts'

/** What an error comes to: an answer of the framework's own, where the error is one that it answers, or a fault of ours. */
export function toFailed(
  plan: Parameters<typeof refuseText>[0],
  request: Pick<CreationRequest, 'passes' | 'body'>,
  error: unknown,
): Handled {
  const status = request.passes?.(error)
  if (status === undefined) {
    return (error instanceof TextRefusedError && refuseText(plan, request)) || toFailure(error)
  }
  return {
    kind: 'answered',
    event: status >= 500 ? 'creation.failed' : 'creation.rejected',
    answer: { status, headers: {}, passed: { error } },
  }
}
