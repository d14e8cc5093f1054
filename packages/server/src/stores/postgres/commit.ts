import { TransactionLostError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import { within } from '../within.ts'
import { type DatabaseError, databaseError, meaningOf, UNPREPARED } from './database-error.ts'
import type { Connection } from './driver.ts'
import type { Guard } from './guard.ts'
import { judge, judgeLost } from './judge.ts'
import { rollBack } from './roll-back.ts'
import type { Step } from './statement.ts'
import { saysEnded } from './statements.ts'
import type { Tried } from './tried.ts'

/** What is committed, and over what. */
export interface Commit {
  /** Writes the record, or checks that the transaction is still the same, and ends with COMMIT. */
  readonly steps: readonly Step[]
  readonly guard: Guard
  readonly schema: string
  readonly time: Time
  readonly holdMs: number
}

/**
 * Writes the record and commits, in one message: its first error ends it, so COMMIT is reached only with the record.
 * Gives the connection back in every case.
 */
export async function commit(
  connection: Connection<unknown>,
  { steps, guard, schema, time, holdMs }: Commit,
): Promise<{ readonly kind: 'committed' } | { readonly kind: 'unanswered'; readonly error: unknown } | Tried<never>> {
  const state = connection.state()
  if (state === 'ended') throw ended()
  if (state === 'lost') {
    // COMMIT was not sent, so nothing can have been committed.
    connection.destroy()
    return { kind: 'again', error: new Error('The connection broke inside create().') }
  }
  let command: string
  try {
    const late = () => new Error(`COMMIT was not answered within ${holdMs} ms.`)
    command = (await within(time, holdMs, connection.send(steps, true), late)).command
  } catch (error) {
    const fault = databaseError(error)
    if (fault === undefined || meaningOf(fault) === 'connection-gone') {
      connection.destroy()
      return { kind: 'unanswered', error }
    }
    // A new one has nothing prepared, so it prepares all of it.
    if (UNPREPARED.has(fault.code)) connection.destroy()
    else await rollBack(connection, { time, holdMs })
    if (saysEnded(fault.message)) throw ended()
    return isOwnKey(fault, schema) ? { kind: 'again', error } : judge(error, guard)
  }
  connection.release()
  // After an error that nobody heard of, COMMIT rolls back, and says so nowhere but in its tag.
  return command === 'COMMIT' ? { kind: 'committed' } : judgeLost(guard)
}

function ended(): TransactionLostError {
  return new TransactionLostError('create() ended the transaction itself; what it had done before may be kept.')
}

/** The primary key of the records is the last judge: another process has just committed this claim. */
function isOwnKey({ code, schema, table }: DatabaseError, own: string): boolean {
  return code === '23505' && schema === own && table === 'record'
}
