import { InputRefusedError } from '../idempotency/store-errors.ts'
import type { CreationRequest } from './creation-request.ts'
import type { Handled } from './handled.ts'
import { readBody } from './read-body.ts'
import { toFailure } from './to-failure.ts'
import { toValidated } from './validate.ts'

/**
 * What an error comes to: an answer of the framework's own, where the error is one that it answers; invalid input, where the
 * database cannot keep what the client sent; or a fault of ours.
 */
export function toFailed(
  { maxBodyBytes, invalidStatus }: { readonly maxBodyBytes: number; readonly invalidStatus: 400 | 422 },
  { passes, body }: Pick<CreationRequest, 'passes' | 'body'>,
  error: unknown,
): Handled {
  const status = passes?.(error)
  if (status !== undefined) {
    return {
      kind: 'answered',
      event: status >= 500 ? 'creation.failed' : 'creation.rejected',
      answer: { status, headers: {}, passed: { error } },
    }
  }
  if (error instanceof InputRefusedError) {
    // Read again: nothing of a request is kept for the sake of a failure as rare as this.
    const read = readBody(maxBodyBytes, body)
    const issues = read.kind === 'read' ? error.find(read.value) : []
    const validated = toValidated(issues.length > 0 ? { issues } : { value: undefined }, [], invalidStatus)
    if (validated.kind === 'rejected') return validated
  }
  return toFailure(error)
}
