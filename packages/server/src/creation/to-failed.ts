import type { CreationRequest } from './creation-request.ts'
import type { Handled } from './handled.ts'
import { toFailure } from './to-failure.ts'

/** What an error comes to: an answer of the framework's own, where the error is one that it answers, or a fault of ours. */
export function toFailed({ passes }: Pick<CreationRequest, 'passes'>, error: unknown): Handled {
  const status = passes?.(error)
  if (status === undefined) return toFailure(error)
  return {
    kind: 'answered',
    event: status >= 500 ? 'creation.failed' : 'creation.rejected',
    answer: { status, headers: {}, passed: { error } },
  }
}
