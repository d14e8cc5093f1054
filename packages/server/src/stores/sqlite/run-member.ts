import { andThen, isPromise, type MaybePromise } from '../../idempotency/and-then.ts'
import type { Attempted, Session } from '../../idempotency/store.ts'
import { TransactionLostError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import type { SqliteStatement } from './driver.ts'
import { uniqueViolation } from './errors.ts'
import type { Decision, Task } from './task.ts'
import { hasEnded, openTransaction, type SqliteTransaction } from './transaction.ts'

type Prepare = (sql: string) => SqliteStatement

/** What became of one member of a group, before the commit. */
export type MemberOutcome = { readonly kind: 'kept'; readonly value: unknown } | NotKept

/** Nothing of the member is left; `isLost` if SQLite rolled back the whole transaction with it. */
type NotKept =
  /** It decided to keep nothing. */
  | { readonly kind: 'undone'; readonly value: unknown; readonly isLost?: boolean }
  /** It threw. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly isLost?: boolean }

/**
 * Runs one task behind a savepoint. Two need none: a single one has the transaction for itself, and what it leaves is
 * undone by a roll-back in which nothing else is lost; and one that undoes itself.
 */
export function runMember(
  { body, undoesItself = false }: Task<unknown>,
  prepare: Prepare,
  options: { readonly time: Time; readonly holdMs: number; readonly isSingle: boolean },
): MaybePromise<MemberOutcome> {
  if (undoesItself) return runPlain(body, prepare)
  const { tx, prepare: guarded, end, lost } = openTransaction(prepare)
  const session: Session<SqliteTransaction> = { tx, attempt: (step) => attempt(guarded, step) }
  if (!options.isSingle) prepare('SAVEPOINT createonce').run()

  const conclude = (outcome: MemberOutcome): MemberOutcome => {
    end()
    // The author may have swallowed the error; what is gone must not be acknowledged.
    const loss = lost()
    if (loss !== undefined)
      return outcome.kind === 'kept' ? { kind: 'failed', error: loss, isLost: true } : { ...outcome, isLost: true }
    if (!options.isSingle) {
      if (outcome.kind !== 'kept') prepare('ROLLBACK TO createonce').run()
      prepare('RELEASE createonce').run()
    }
    return outcome
  }
  let running: MaybePromise<Decision<unknown>>
  try {
    running = body({ session, prepare: guarded })
  } catch (error) {
    return conclude({ kind: 'failed', error })
  }
  if (!isPromise(running)) return conclude(decided(running))
  return withinHold(running, options).then(
    (decision) => conclude(decided(decision)),
    (error) => conclude({ kind: 'failed', error }),
  )
}

/** The library's own statements, all in one go: nobody can swallow their errors or keep a handle on them. */
function runPlain(body: Task<unknown>['body'], prepare: Prepare): MaybePromise<MemberOutcome> {
  try {
    return andThen(body({ session: NO_SESSION, prepare }), decided)
  } catch (error) {
    const isLost = error instanceof TransactionLostError || hasEnded(prepare)
    return { kind: 'failed', error, isLost }
  }
}

const NO_SESSION: Session<SqliteTransaction> = {
  get tx(): never {
    throw new Error('What undoes itself has no handle for an author.')
  },
  attempt() {
    throw new Error('What undoes itself has no steps.')
  },
}

function decided({ keep, value }: Decision<unknown>): MemberOutcome {
  return { kind: keep ? 'kept' : 'undone', value }
}

function withinHold<T>(running: Promise<T>, { time, holdMs }: { time: Time; holdMs: number }): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = time.after(holdMs, () =>
      reject(
        new TransactionLostError(
          `create() held the database for more than ${holdMs} ms; call other services before or after it, not inside.`,
        ),
      ),
    )
    running.then(resolve, reject).finally(cancel)
  })
}

async function attempt<T>(
  prepare: (sql: string) => SqliteStatement,
  step: () => T | Promise<T>,
): Promise<Attempted<T>> {
  prepare('SAVEPOINT createonce_attempt').run()
  try {
    const value = await step()
    prepare('RELEASE createonce_attempt').run()
    return { kind: 'done', value }
  } catch (error) {
    const fields = uniqueViolation(error)
    if (fields === undefined) throw error
    prepare('ROLLBACK TO createonce_attempt').run()
    prepare('RELEASE createonce_attempt').run()
    return { kind: 'conflict', fields, error }
  }
}
