import type { Claim, Session, Settlement } from '../../idempotency/store.ts'
import { StoreUnavailableError, TransactionLostError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import { within } from '../within.ts'
import { attempt } from './attempt.ts'
import { type ClaimId, claimId } from './claim-id.ts'
import { commit } from './commit.ts'
import { databaseError, meaningOf } from './database-error.ts'
import type { Connection, Ran } from './driver.ts'
import { foundRecord } from './found-record.ts'
import { createGuard, type Guard } from './guard.ts'
import { judge } from './judge.ts'
import { rollBack } from './roll-back.ts'
import type { RowInserter } from './rows/create-row-inserter.ts'
import type { Step } from './statement.ts'
import type { Statements } from './statements.ts'
import type { Tried } from './tried.ts'

/** How the transactions of one store are made. */
export interface TransactionSettings<Client, Tx> {
  readonly schema: string
  readonly statements: Statements
  readonly time: Time
  readonly holdMs: number
  readonly wrap: (client: Client) => Tx
  /** Whether work of this store begins with a step behind a savepoint: learnt from what it does. */
  readonly habit: { attempts: boolean }
  /** Inserts a declared row over the connection of a transaction. */
  readonly insert: RowInserter['within']
  /** Takes what has to end before the store is closed, though no request waits for it. */
  readonly background: (task: Promise<void>) => void
}

/** Runs work in a transaction of its own over a lent connection, which it gives back in every case. */
export async function transact<Client, Tx, Result>(
  connection: Connection<Client>,
  claim: Claim | undefined,
  work: (session: Session<Tx>) => Settlement<Result> | Promise<Settlement<Result>>,
  settings: TransactionSettings<Client, Tx>,
): Promise<Tried<Result>> {
  const { schema, statements, time, holdMs, habit } = settings
  const id = claim && claimId(claim, schema)
  // Set together with BEGIN, the savepoint costs no round trip; where nothing is ever attempted, it would cost one
  // subtransaction each.
  const isMarked = habit.attempts
  const opened = await open(connection, id, isMarked, settings)
  if (opened.kind === 'again') return opened
  const { began, locked, row } = opened

  if (claim !== undefined && (row?.['live'] === 'true' || locked !== 'true')) {
    // This transaction has written nothing: the answer need not wait for its end.
    settings.background(rollBack(connection, settings))
    if (row?.['live'] === 'true') return { kind: 'recorded', ...foundRecord(row) }
    if (locked === 'false') return { kind: 'in-flight' }
    // There was a record when the lock was asked for, so it was left alone; and then the record was purged.
    return { kind: 'again', error: new Error('The record vanished while it was looked at.') }
  }

  const guard = createGuard()
  let settlement: Settlement<Result>
  try {
    // The savepoint that came with BEGIN undoes everything, so it is for the first step only.
    let isMarkFree = true
    const session: Session<Tx> = {
      tx: settings.wrap(connection.guarded(guard)),
      attempt(step) {
        const isFirst = isMarkFree && guard.isUnused()
        isMarkFree = false
        if (isFirst) habit.attempts = true
        return attempt(connection, guard, isMarked && isFirst, step)
      },
      insert: (row) => settings.insert(connection, session.attempt, row),
    }
    const late = () => new HeldTooLongError(holdMs)
    settlement = await within(time, holdMs, settled(work(session), guard), late)
  } catch (error) {
    return await giveUp(connection, guard, error, settings)
  }
  guard.end()

  if (settlement.kind === 'roll-back') {
    await rollBack(connection, settings)
    return { kind: 'executed', result: settlement.result }
  }
  const { answer, result } = settlement
  let steps: readonly Step[]
  try {
    const kept = claim && id && { id, claim, answer, now: time.now(), isStale: row !== undefined }
    steps = [...statements.keep(kept, began), statements.commit]
  } catch (error) {
    return await giveUp(connection, guard, error, settings)
  }
  const committed = await commit(connection, { steps, guard, schema, time, holdMs })
  switch (committed.kind) {
    case 'committed':
      return { kind: 'executed', result }
    case 'unanswered':
      return { kind: 'unknown', settlement, error: committed.error }
    default:
      return committed
  }
}

interface Opened {
  readonly kind: 'opened'
  /** When the transaction began, as the database writes it. */
  readonly began: string
  readonly locked: unknown
  readonly row: Ran['rows'][number] | undefined
}

/** Begins, bounds, claims and looks, in one round trip. */
async function open<Client, Tx>(
  connection: Connection<Client>,
  id: ClaimId | undefined,
  isMarked: boolean,
  { statements, time, holdMs }: TransactionSettings<Client, Tx>,
): Promise<Opened | { readonly kind: 'again'; readonly error: unknown }> {
  try {
    const steps = statements.open(id && { id, now: time.now() })
    const opening = connection.open(isMarked ? [...steps, statements.mark] : steps)
    const late = () => new Error(`PostgreSQL has not answered within ${holdMs} ms.`)
    const { rows } = await within(time, holdMs, opening, late)
    const start = rows.find(({ began }) => began !== undefined)
    const row = rows.find(({ fingerprint }) => fingerprint !== undefined)
    return { kind: 'opened', began: String(start?.['began']), locked: start?.['locked'], row }
  } catch (error) {
    // Nothing has been done yet, and nobody knows the state of this connection; the next one is another.
    connection.destroy()
    const fault = databaseError(error)
    const meaning = meaningOf(fault)
    if (fault === undefined || meaning === 'connection-gone' || meaning === 'try-again') return { kind: 'again', error }
    throw new StoreUnavailableError(`PostgreSQL could not begin: ${fault.message}.`, { cause: error })
  }
}

/** A statement that `create` did not await belongs to the transaction all the same, and may fail. */
async function settled<T>(working: T | Promise<T>, guard: Guard): Promise<T> {
  const settlement = await working
  await guard.settled()
  return settlement
}

/** Rolls back what `create` threw from, and says what becomes of it. */
async function giveUp(
  connection: Connection<unknown>,
  guard: Guard,
  error: unknown,
  hold: { readonly time: Time; readonly holdMs: number },
): Promise<Tried<never>> {
  guard.end()
  if (error instanceof HeldTooLongError) {
    connection.destroy()
    throw new TransactionLostError(error.message)
  }
  if (connection.state() === 'lost' || meaningOf(databaseError(error)) === 'connection-gone') {
    // Without COMMIT nothing was kept.
    connection.destroy()
    return { kind: 'again', error }
  }
  await rollBack(connection, hold, guard.settled())
  return judge(error, guard)
}

class HeldTooLongError extends Error {
  constructor(ms: number) {
    super(`create() held a connection for more than ${ms} ms; call other services before or after it, not inside.`)
  }
}
