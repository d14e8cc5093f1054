import type { Attempted, Session } from '../../idempotency/store.ts'
import { StoreUnavailableError, TransactionLostError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import { createFifo } from '../fifo.ts'
import { whenFree } from './back-off.ts'
import type { SqliteStatement } from './driver.ts'
import { isConstraint, uniqueViolation } from './errors.ts'
import { openTransaction, type SqliteTransaction } from './transaction.ts'

/** What the body of a transaction decided. */
export type Decision<T> = { readonly keep: boolean; readonly value: T }

/** What the body of a transaction works with. */
export interface Transacting {
  readonly session: Session<SqliteTransaction>
  /** The library's own statements in this transaction. */
  readonly prepare: (sql: string) => SqliteStatement
}

/** The one writing connection of this process. */
export interface Writer {
  /** Runs `body` in a transaction of its own, in turn; `busy` when the queue is full or the file stays locked. */
  transact<T>(
    body: (transacting: Transacting) => Promise<Decision<T>>,
  ): Promise<{ readonly kind: 'ran'; readonly value: T } | { readonly kind: 'busy' }>
  idle(): Promise<void>
}

/** How the writer waits. */
export interface WriterOptions {
  readonly time: Time
  readonly maxWaiting: number
  readonly busyMs: number
  readonly holdMs: number
  readonly random: () => number
}

/**
 * One transaction at a time over one connection: `create` may await between its statements without another one's
 * statements falling into its transaction.
 */
export function createWriter(prepare: (sql: string) => SqliteStatement, options: WriterOptions): Writer {
  const queue = createFifo(options.maxWaiting)

  async function transaction<T>(
    body: (transacting: Transacting) => Promise<Decision<T>>,
    until: number,
  ): Promise<{ kind: 'ran'; value: T } | { kind: 'busy' }> {
    // IMMEDIATE takes the write lock now: a transaction that read first could find, when it writes, that its
    // snapshot is old, and could only start over.
    const begun = await unavailableUnlessFree(() => prepare('BEGIN IMMEDIATE').run(), until)
    if (begun.kind === 'busy') return begun
    const { tx, prepare: guarded, end, lost } = openTransaction(prepare)
    const session: Session<SqliteTransaction> = { tx, attempt: (step) => attempt(guarded, step) }
    try {
      const { keep, value } = await withinHold(body({ session, prepare: guarded }))
      end()
      if (keep) commit(lost())
      else rollBack()
      return { kind: 'ran', value }
    } catch (error) {
      end()
      rollBack()
      throw error
    }
  }

  function commit(lost: TransactionLostError | undefined): void {
    // The author may have swallowed the error; what is gone must not be acknowledged.
    if (lost !== undefined) throw lost
    try {
      prepare('COMMIT').run()
    } catch (cause) {
      // A deferred foreign key is checked only now: that is a fault of the rows, not of the store.
      if (isConstraint(cause)) throw cause
      throw new StoreUnavailableError(`SQLite could not commit: ${(cause as Error).message}.`, { cause })
    }
  }

  function rollBack(): void {
    try {
      prepare('ROLLBACK').run()
    } catch {
      // SQLite has rolled back by itself (disk full, I/O error): that is what was wanted.
    }
  }

  async function unavailableUnlessFree<T>(step: () => T, until: number): ReturnType<typeof whenFree<T>> {
    try {
      return await whenFree(step, { ...options, until })
    } catch (cause) {
      throw new StoreUnavailableError(`SQLite could not begin a transaction: ${(cause as Error).message}.`, { cause })
    }
  }

  function withinHold<T>(running: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = options.time.after(options.holdMs, () =>
        reject(
          new TransactionLostError(
            `create() held the database for more than ${options.holdMs} ms; call other services before or after it, not inside.`,
          ),
        ),
      )
      running.then(resolve, reject).finally(cancel)
    })
  }

  return {
    async transact(body) {
      // Counted from the arrival: behind a file that stays locked, the last of a queue must not wait once for each
      // one before it.
      const until = options.time.now() + options.busyMs
      const ran = await queue.run(() => transaction(body, until))
      return ran.kind === 'ran' ? ran.value : { kind: 'busy' }
    },
    idle: () => queue.idle(),
  }
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
