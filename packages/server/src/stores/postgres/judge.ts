import { InputRefusedError, StoreUnavailableError, TransactionLostError } from '../../idempotency/store-errors.ts'
import { databaseError, meaningOf } from './database-error.ts'
import { findNul } from './find-nul.ts'
import type { Guard } from './guard.ts'
import type { Tried } from './tried.ts'

/** What an error means for a creation whose transaction has been rolled back; what is no outcome is thrown. */
export function judge(error: unknown, guard: Guard): Tried<never> {
  const fault = databaseError(error)
  switch (meaningOf(fault)) {
    case 'try-again':
    case 'connection-gone':
      return { kind: 'again', error }
    case 'locked-for-too-long':
      return { kind: 'locked' }
    case 'unavailable':
      throw new StoreUnavailableError(`PostgreSQL cannot write: ${fault?.message}.`, { cause: error })
    case 'aborted':
      return judgeLost(guard)
    case 'text-refused':
      throw new InputRefusedError(`PostgreSQL cannot keep a text: ${fault?.message}.`, { cause: error, find: findNul })
    default:
      // An author may hide the database's error behind one without a cause: the transaction is lost by it all the same.
      if (fault === undefined && isWorthAnother(guard.failure())) return { kind: 'again', error }
      throw error
  }
}

/** What becomes of a transaction that was lost by a statement whose error `create` swallowed. */
export function judgeLost(guard: Guard): Tried<never> {
  const cause = guard.failure()
  if (isWorthAnother(cause)) return { kind: 'again', error: cause }
  throw new TransactionLostError(
    'A statement inside create() failed and its error was swallowed; PostgreSQL has rolled everything back.',
    { cause },
  )
}

function isWorthAnother(error: unknown): boolean {
  return meaningOf(databaseError(error)) === 'try-again'
}
