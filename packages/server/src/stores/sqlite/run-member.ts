import type { Attempted, Session } from '../../idempotency/store.ts'
import { TransactionLostError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import type { SqliteStatement } from './driver.ts'
import { uniqueViolation } from './errors.ts'
import { openTransaction, type SqliteTransaction } from './transaction.ts'
import type { Body } from './writer.ts'

/** What became of one member of a group, before the commit. */
export type MemberOutcome = { readonly kind: 'kept'; readonly value: unknown } | NotKept

/** Nothing of the member is left; `isLost` if SQLite rolled back the whole transaction with it. */
type NotKept =
  /** It decided to keep nothing. */
  | { readonly kind: 'undone'; readonly value: unknown; readonly isLost?: boolean }
  /** It threw. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly isLost?: boolean }

/** Runs one body behind a savepoint; a single one has the transaction for itself and needs none. */
export async function runMember(
  body: Body<unknown>,
  prepare: (sql: string) => SqliteStatement,
  options: { readonly time: Time; readonly holdMs: number; readonly isSingle: boolean },
): Promise<MemberOutcome> {
  const { tx, prepare: guarded, end, lost } = openTransaction(prepare)
  const session: Session<SqliteTransaction> = { tx, attempt: (step) => attempt(guarded, step) }
  if (!options.isSingle) prepare('SAVEPOINT createonce').run()
  const outcome = await settled(withinHold(body({ session, prepare: guarded }), options))
  end()

  // The author may have swallowed the error; what is gone must not be acknowledged.
  const loss = lost()
  if (loss !== undefined)
    return outcome.kind === 'kept' ? { kind: 'failed', error: loss, isLost: true } : { ...outcome, isLost: true }
  if (!options.isSingle) {
    if (outcome.kind !== 'kept') prepare('ROLLBACK TO createonce').run()
    prepare('RELEASE createonce').run()
  }
  // Without a savepoint what failed is undone by the roll-back of a transaction in which nothing else was kept.
  return outcome
}

async function settled(running: Promise<{ keep: boolean; value: unknown }>): Promise<MemberOutcome> {
  try {
    const { keep, value } = await running
    return { kind: keep ? 'kept' : 'undone', value }
  } catch (error) {
    return { kind: 'failed', error }
  }
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
