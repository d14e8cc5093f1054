import type { Claim, Claimed, DeclaredRow, Inserted, Session, Settlement, Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import { createEraser } from './create-eraser.ts'
import { findSqliteDriver, type OpenSqlite, type SqliteStatement } from './sqlite/driver.ts'
import { eraseRecords } from './sqlite/erase-records.ts'
import { isBusy } from './sqlite/errors.ts'
import { createRowInserter } from './sqlite/insert-row.ts'
import { openConnections } from './sqlite/open.ts'
import { type FoundRecord, findRecord, keepRecord, purgeRecords } from './sqlite/records.ts'
import { createStatements } from './sqlite/statements.ts'
import type { SqliteTransaction } from './sqlite/transaction.ts'
import { createWriter } from './sqlite/writer.ts'

export type { OpenSqlite, SqliteDatabase, SqliteRow, SqliteStatement, SqliteValue } from './sqlite/driver.ts'
export type { SqliteTransaction } from './sqlite/transaction.ts'

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
   * How long one `create` may hold the writer, in milliseconds; everybody else waits behind it.
   * @default 5_000
   */
  readonly holdMs?: number
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

/**
 * Keeps keys in the SQLite file that also holds the author's rows, so that both are committed by one transaction:
 * exactly one resource per key, through retries, races and crashes, for all processes of this machine on the file.
 *
 * @example
 * const store = await sqliteStore({ file: 'shop.db', schema: 'create table if not exists orders (…)' })
 */
export async function sqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { file, schema = '', maxWaiting = 1_000, busyMs = 5_000, holdMs = 5_000 } = options
  const { time = systemTime, random = Math.random, open = await findSqliteDriver() } = options
  const { writing, reading, version } = await openConnections(open, { file, schema, time, busyMs, random })
  const prepareWrite = createStatements(writing)
  const prepareRead = createStatements(reading)
  const rows = createRowInserter(prepareRead)
  const writer = createWriter(prepareWrite, { time, maxWaiting, busyMs, holdMs, random })

  let closing: Promise<void> | undefined

  function refuseWhenClosed(): void {
    if (closing !== undefined) throw new StoreUnavailableError('The store is closed.')
  }

  /** A replay need not wait for the writer. Whoever finds nothing here looks again inside the transaction. */
  function lookUp(claim: Claim): FoundRecord | undefined {
    try {
      return findRecord(prepareRead, claim, time.now())
    } catch (cause) {
      if (isBusy(cause)) return undefined
      throw new StoreUnavailableError(`SQLite could not be read: ${(cause as Error).message}.`, { cause })
    }
  }

  async function once<Result>(
    claim: Claim | undefined,
    work: (session: Session<SqliteTransaction>) => Promise<Settlement<Result>>,
  ): Promise<Claimed<Result>> {
    refuseWhenClosed()
    const early = claim && lookUp(claim)
    if (early !== undefined) return { kind: 'recorded', ...early }

    const transacted = await writer.transact<Claimed<Result>>(async ({ session, prepare }) => {
      // The write lock is held from here on, so what this look-up does not find cannot appear before the commit.
      const found = claim && findRecord(prepare, claim, time.now())
      if (found !== undefined) return { keep: false, value: { kind: 'recorded', ...found } }
      const settlement = await work(session)
      if (settlement.kind === 'commit' && claim !== undefined) {
        keepRecord(prepare, claim, settlement.answer, time.now())
      }
      return { keep: settlement.kind === 'commit', value: { kind: 'executed', result: settlement.result } }
    })
    return transacted.kind === 'ran' ? transacted.value : { kind: 'overloaded', retryAfterMs: 1_000 }
  }

  async function insert<Result>(
    claim: Claim | undefined,
    row: DeclaredRow,
    build: (values: Readonly<Record<string, unknown>>) => Settlement<Result>,
  ): Promise<Inserted<Result>> {
    refuseWhenClosed()
    const early = claim && lookUp(claim)
    if (early !== undefined) return { kind: 'recorded', ...early }

    const transacted = await writer.transact<Inserted<Result>>(async ({ prepare }) => {
      const found = claim && findRecord(prepare, claim, time.now())
      if (found !== undefined) return { keep: false, value: { kind: 'recorded', ...found } }
      const inserted = rows.insert(prepare, row)
      if (inserted.kind !== 'inserted') return { keep: false, value: inserted }
      const settlement = build(inserted.row ?? row.values)
      if (settlement.kind === 'commit' && claim !== undefined) {
        keepRecord(prepare, claim, settlement.answer, time.now())
      }
      return { keep: settlement.kind === 'commit', value: { kind: 'executed', result: settlement.result } }
    })
    return transacted.kind === 'ran' ? transacted.value : { kind: 'overloaded', retryAfterMs: 1_000 }
  }

  async function write<T>(work: (tx: SqliteTransaction) => T | Promise<T>): Promise<T> {
    refuseWhenClosed()
    const transacted = await writer.transact(async ({ session }) => ({ keep: true, value: await work(session.tx) }))
    if (transacted.kind === 'ran') return transacted.value
    throw new Error('The database is busy: too many transactions are waiting, or another process holds the file.')
  }

  const eraser = createEraser(async function* ({ principal, batchSize }) {
    for (let erased = batchSize; erased === batchSize; ) {
      refuseWhenClosed()
      const transacted = await writer.transact(async ({ prepare }) => ({
        keep: true,
        value: eraseRecords(prepare, principal, batchSize),
      }))
      if (transacted.kind !== 'ran') throw new StoreUnavailableError('The database is busy.')
      erased = transacted.value
      yield erased
    }
  })

  return {
    name: 'sqlite',
    version,
    read: { prepare: prepareRead },
    write,
    once,
    insert,
    async purge(limit = 1_000) {
      refuseWhenClosed()
      const purged = await writer.transact(async ({ prepare }) => ({
        keep: true,
        value: purgeRecords(prepare, time.now(), limit),
      }))
      return purged.kind === 'ran' ? purged.value : 0
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
