import { RecordUnreadableError } from '../idempotency/record-unreadable-error.ts'
import { StoreUnavailableError, UnknownOutcomeError } from '../idempotency/store-errors.ts'
import { type Rejection, rejected } from './rejection.ts'

// How soon a client may try again when the database is away. Longer than for a busy one: a restart takes seconds.
const RETRY_AFTER_SECONDS = '5'

/**
 * Names a fault for the client: 503 where the store or a record in it is out of reach, 500 for everything else. The error itself goes
 * to the log; no stack, statement or path leaves.
 */
export function toFailure(error: unknown): Rejection {
  if (error instanceof StoreUnavailableError) {
    return rejected(
      'store-unavailable',
      'The store cannot be reached. Nothing was acknowledged; a retry with the same key is safe.',
      {
        headers: { 'Retry-After': RETRY_AFTER_SECONDS },
        cause: error,
      },
    )
  }
  if (error instanceof RecordUnreadableError) {
    return rejected(
      'record-unreadable',
      'The request was completed once, and its answer cannot be read now. Nothing was executed again; a retry with the same key is safe.',
      { headers: { 'Retry-After': RETRY_AFTER_SECONDS }, cause: error },
    )
  }
  if (error instanceof UnknownOutcomeError) {
    return rejected(
      'internal-error',
      'Whether the request took effect is unknown. A retry with the same key goes on with the same attempt.',
      { cause: error },
    )
  }
  return rejected('internal-error', 'The request failed on our side and was rolled back.', { cause: error })
}
