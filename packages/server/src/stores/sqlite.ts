import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import type { Claim, Claimed, DeclaredRow, Inserted, Session, Settlement, Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import type { Observer } from '../observe/observer.ts'
import { watchStore } from '../observe/watch-store.ts'
import { createEraser } from './create-eraser.ts'
import { purgeInTurns } from './purge-in-turns.ts'
import { findSqliteDriver, type OpenSqlite, type SqliteStatement } from './sqlite/driver.ts'
import { eraseRecords } from './sqlite/erase-records.ts'
import { isBusy } from './sqlite/errors.ts'
import { insertKnown } from './sqlite/insert-known.ts'
import { createRowInserter } from './sqlite/insert-row.ts'
import { insertUnknown } from './sqlite/insert-unknown.ts'
import { openConnections } from './sqlite/open.ts'
import { recordId } from './sqlite/record-id.ts'
import { findRecord, type Identified, keepRecord, purgeRecords, type Recorded } from './sqlite/records.ts'
import { createStatements } from './sqlite/statements.ts'
import type { Task } from './sqlite/task.ts'
import type { SqliteTransaction } from './sqlite/transaction.ts'
import { warnOfWalReset } from './sqlite/wal-reset.ts'
import { createWriter, type Overloaded } from './sqlite/writer.ts'

export type { OpenSqlite, SqliteDatabase, SqliteRow, SqliteStatement, SqliteValue } from './sqlite/driver.ts'
export { findSqliteDriver } from './sqlite/driver.ts'
export type { SqliteTransaction } from './sqlite/transaction.ts'
export { hasWalResetBug } from './sqlite/wal-reset.ts'

/** Where the file is and how long to wait for it. */
export interface SqliteStoreOptions {
  /** The path of the database file; created where it is missing. */
  readonly file: string
  /** Your own tables, as `create table if not exists …`; run at every start. */
  readonly schema?: string
  /**
   * How many transactions may wait for the writer before requests are answered 503 `overloaded`.
   * @default 1_000
   */
  readonly maxWaiting?: number
  /**
   * How long a request waits for a file that another process has locked, in milliseconds from its arrival.
   * @default 5_000
   */
  readonly busyMs?: number
  /**
   * What a commit survives: `full` everything, `normal` the death of this process but not of the machine: a power cut
   * may lose the last commits, which clients were told of.
   * @default 'full'
   */
  readonly durability?: 'full' | 'normal'
  /**
   * How long one `create` may hold the writer, in milliseconds; everybody else waits behind it.
   * @default 5_000
   */
  readonly holdMs?: number
  /** Watches: group commits, retries, purges. Without it nothing is measured. */
  readonly observe?: Observer
  readonly time?: Time
  /** Spreads the waiting of several processes. */
  readonly random?: () => number
  /** Another driver of `node:sqlite`'s shape. */
  readonly open?: OpenSqlite
}

/** A store in a SQLite file, with access to the author's own tables in it. */
export interface SqliteStore extends Store<SqliteTransaction> {
  /** The reading connection: sees what is committed, never waits for a writer. */
  readonly read: { prepare(sql: string): SqliteStatement }
  /** A transaction of the author's own, in turn with the creations: commits what `work` did, or nothing if it throws. */
  write<T>(work: (tx: SqliteTransaction) => T | Promise<T>): Promise<T>
  /** The version of the SQLite library. */
  readonly version: string
}

// Each record is found through an index in which its neighbours are strangers, so that so many of them are as many
// pages: about what the creations behind this transaction can wait for without noticing.
const PURGED_AT_ONCE = 50

/**
 * Keeps keys in the SQLite file that also holds the author's rows, so that both are committed by one transaction:
 * exactly one resource per key, through retries, races and crashes, for all processes of this machine on the file.
 *
 * @example
 * const store = await sqliteStore({ file: 'shop.db', schema: 'create table if not exists orders (…)' })
 */
export async function sqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { file, schema = '', durability = 'full', maxWaiting = 1_000, busyMs = 5_000, holdMs = 5_000 } = options
  const { time = systemTime, random = Math.random, open = await findSqliteDriver() } = options
  const { writing, reading, version } = await openConnections(open, {
    file,
    schema,
    durability,
    time,
    busyMs,
    random,
  })
  warnOfWalReset(version, file)
  const prepareWrite = createStatements(writing)
  const prepareRead = createStatements(reading)
  const rows = createRowInserter(prepareRead)
  const watch = watchStore(options.observe, 'sqlite')
  const writer = createWriter(prepareWrite, { time, maxWaiting, busyMs, holdMs, random, watch })

  let closing: Promise<void> | undefined

  function refuseWhenClosed(): void {
    if (closing !== undefined) throw new StoreUnavailableError('The store is closed.')
  }

  /** A replay need not wait for the writer. Whoever finds nothing here looks again inside the transaction. */
  function lookUp(identified: Identified | undefined): Recorded | undefined {
    if (identified === undefined) return undefined
    try {
      return findRecord(prepareRead, identified, time.now())
    } catch (cause) {
      if (isBusy(cause)) return undefined
      throw new StoreUnavailableError(`SQLite could not be read: ${(cause as Error).message}.`, { cause })
    }
  }

  async function once<Result>(
    claim: Claim | undefined,
    work: (session: Session<SqliteTransaction>) => MaybePromise<Settlement<Result>>,
  ): Promise<Claimed<Result>> {
    const identified = claim && { id: recordId(claim), claim }
    return transact<Claimed<Result>>({
      peek: () => lookUp(identified),
      body({ session, prepare }) {
        // The write lock is held from here on, so what this look-up does not find cannot appear before the commit.
        const found = identified && findRecord(prepare, identified, time.now())
        if (found !== undefined) return { keep: false, value: found }
        return andThen(work({ ...session, insert: insertInto(prepare) }), (settlement) => {
          if (settlement.kind === 'commit' && identified !== undefined) {
            keepRecord(prepare, identified, settlement.answer, time.now())
          }
          return { keep: settlement.kind === 'commit', value: { kind: 'executed', result: settlement.result } }
        })
      },
    })
  }

  const insertInto = (prepare: typeof prepareWrite) => (row: DeclaredRow) => {
    const inserted = rows.insert(prepare, row)
    return inserted.kind === 'inserted' ? { kind: 'inserted' as const, row: inserted.row ?? row.values } : inserted
  }

  async function insert<Result>(
    claim: Claim | undefined,
    row: DeclaredRow,
    build: (values: Readonly<Record<string, unknown>>) => Settlement<Result>,
  ): Promise<Inserted<Result>> {
    const identified = claim && { id: recordId(claim), claim }
    const isKnown = rows.isKnown(row)
    const insertRow = isKnown ? insertKnown : insertUnknown
    return transact<Inserted<Result>>({
      peek: () => lookUp(identified),
      undoesItself: isKnown,
      body: ({ prepare }) => insertRow(prepare, { rows, identified, row, build, now: time.now() }),
    })
  }

  function transact<T>(task: Task<T>): Promise<T | Overloaded> {
    refuseWhenClosed()
    return writer.transact(task)
  }

  async function write<T>(work: (tx: SqliteTransaction) => T | Promise<T>): Promise<T> {
    const written = await transact<{ readonly value: T }>({
      body: ({ session }) => andThen(work(session.tx), (value) => ({ keep: true, value: { value } })),
    })
    if ('value' in written) return written.value
    throw new Error('The database is busy: too many transactions are waiting, or another process holds the file.')
  }

  const ways = {
    read() {
      refuseWhenClosed()
      return prepareRead
    },
    async write(work: (prepare: typeof prepareWrite) => number) {
      const written = await transact<number>({ body: ({ prepare }) => ({ keep: true, value: work(prepare) }) })
      return typeof written === 'number' ? written : undefined
    },
  }
  const eraser = createEraser((erasure) => eraseRecords(ways, erasure))

  return {
    name: 'sqlite',
    version,
    read: { prepare: prepareRead },
    write,
    once,
    insert,
    purge(limit = 1_000) {
      const run = () =>
        purgeInTurns((count) => ways.write((prepare) => purgeRecords(prepare, time.now(), count)), {
          limit,
          atOnce: PURGED_AT_ONCE,
          time,
        })
      return watch === undefined ? run() : watch.purge(run)
    },
    erase: eraser.erase,
    get erasures() {
      return eraser.erasures
    },
    close() {
      closing ??= writer.idle().then(() => {
        reading.close()
        writing.close()
      })
      return closing
    },
  }
}
