import type { Claim, Claimed, Session, Settlement, Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { systemTime } from '../idempotency/time.ts'
import { watchStore } from '../observe/watch-store.ts'
import { createEraser } from './create-eraser.ts'
import { BEGIN, COMMIT } from './postgres/commands.ts'
import type { Driver } from './postgres/driver.ts'
import { eraseRecords } from './postgres/erase-records.ts'
import { getReady } from './postgres/get-ready.ts'
import { createLender } from './postgres/lender.ts'
import type { PgClient, PgPool } from './postgres/pg-client.ts'
import { pgDriver } from './postgres/pg-driver.ts'
import type { PostgresJs } from './postgres/postgres-js.ts'
import { postgresJsDriver } from './postgres/postgres-js-driver.ts'
import { createRowInserter } from './postgres/rows/create-row-inserter.ts'
import { completeSettings, type PostgresSettings } from './postgres/settings.ts'
import { createStatements } from './postgres/statements.ts'
import { type TransactionSettings, transact } from './postgres/transaction.ts'
import { tryUntilKnown } from './postgres/try-until-known.ts'
import { purgeInTurns } from './purge-in-turns.ts'

export { postgresMigrations } from './migrations/postgres.ts'
export type { PgClient, PgPool } from './postgres/pg-client.ts'
export type { PostgresJs } from './postgres/postgres-js.ts'
export type { PostgresSettings } from './postgres/settings.ts'

/** What a pool of `pg` lends. It has a second signature, with a callback; both have to be named to be told apart. */
export type PgClientOf<Pool> = Pool extends { connect: { (): Promise<infer Client>; (callback: never): void } }
  ? unknown extends Client
    ? Pool extends { connect(): Promise<infer Only> }
      ? Only
      : PgClient
    : Client
  : PgClient

/** What postgres.js lends. */
export type PostgresJsClientOf<Sql extends PostgresJs> = Awaited<ReturnType<Sql['reserve']>>

/** Over `pg`. */
export interface PgStoreOptions<Pool extends PgPool, Tx> extends PostgresSettings {
  /** The author's pool; it stays the author's to end. */
  readonly pool: Pool
  /**
   * Makes what `create` gets as `tx`, once for each transaction: `drizzle({ client })`, a Kysely over this one client.
   * @default the client itself, whose `query` refuses to end the transaction and ends with it
   */
  readonly wrap?: (client: PgClientOf<Pool>) => Tx
}

/** Over postgres.js. */
export interface PostgresJsStoreOptions<Sql extends PostgresJs, Tx> extends PostgresSettings {
  /** The author's `postgres(…)`; it stays the author's to end. */
  readonly sql: Sql
  /**
   * Makes what `create` gets as `tx`, once for each transaction: `drizzle(sql)`.
   * @default a `sql` for this transaction, which refuses to end it and ends with it
   */
  readonly wrap?: (sql: PostgresJsClientOf<Sql>) => Tx
}

/** A store in the PostgreSQL database that also holds the author's rows. */
export interface PostgresStore<Tx> extends Store<Tx> {
  /**
   * Reaches the database, brings the schema up to date and proves that the database keeps what the store relies on;
   * throws what is wrong. The first request does it otherwise, and is answered 503 as long as it fails.
   */
  ready(): Promise<void>
}

// So many index pages, as scattered as the keys are, are read and written in a few milliseconds. A thousand at once made
// creations wait for a tenth of a second, in a table of ten million.
const PURGED_AT_ONCE = 100

/**
 * Keeps keys in the PostgreSQL database that also holds the author's rows, so that both are committed by one
 * transaction: exactly one resource per key, through retries, races and crashes, for any number of processes.
 *
 * @example
 * const store = postgresStore({ pool: new pg.Pool() })
 * const store = postgresStore({ sql: postgres() })
 * const store = postgresStore({ pool, wrap: (client) => drizzle({ client }) })
 */
export function postgresStore<Pool extends PgPool, Tx = PgClientOf<Pool>>(
  options: PgStoreOptions<Pool, Tx>,
): PostgresStore<Tx>
export function postgresStore<Sql extends PostgresJs, Tx = PostgresJsClientOf<Sql>>(
  options: PostgresJsStoreOptions<Sql, Tx>,
): PostgresStore<Tx>
export function postgresStore<Tx>(
  options: PgStoreOptions<PgPool, Tx> | PostgresJsStoreOptions<PostgresJs, Tx>,
): PostgresStore<Tx> {
  const wrap = (options.wrap ?? ((client) => client)) as (client: unknown) => Tx
  if ('pool' in options && options.pool !== undefined) {
    const { pool, wrap: _, ...settings } = options
    return storeOver(pgDriver<unknown>(pool), wrap, settings)
  }
  if ('sql' in options && options.sql !== undefined) {
    const { sql, wrap: _, ...settings } = options
    return storeOver(postgresJsDriver<unknown>(sql), wrap, settings)
  }
  throw new TypeError('postgresStore needs `pool` (of pg) or `sql` (of postgres.js).')
}

const BUSY = { kind: 'busy' } as const

function closed(): StoreUnavailableError {
  return new StoreUnavailableError('The store is closed.')
}

function storeOver<Client, Tx>(
  driver: Driver<Client>,
  wrap: (client: Client) => Tx,
  given: PostgresSettings,
): PostgresStore<Tx> {
  const settings = completeSettings(given, systemTime)
  const { schema, isolation, time, random, holdMs, idleMs } = settings
  const statements = createStatements(schema, { bounds: settings, isolation, isPrepared: settings.prepare })
  const lender = createLender(driver, settings)
  const habit = { attempts: false }
  // The old backend of a lost COMMIT ends by itself after `idleMs`; a little later it must be known.
  const watch = watchStore(settings.observe, `postgres (${driver.name})`)
  const patience = { time, random, unknownMs: idleMs + 2_000, watch }

  let readiness: Promise<void> | undefined
  let isReady = false
  let running = 0
  let closing: Promise<void> | undefined
  let allEnded: (() => void) | undefined

  function ready(): Promise<void> {
    readiness ??= getReady(lender, { ...settings, pool: driver.pool, size: driver.size }).then(
      () => {
        isReady = true
      },
      (error) => {
        // The next one looks again: what was wrong may have been put right.
        readiness = undefined
        throw error
      },
    )
    return readiness
  }

  async function readyOrUnavailable(): Promise<void> {
    try {
      await ready()
    } catch (cause) {
      if (cause instanceof StoreUnavailableError) throw cause
      throw new StoreUnavailableError(`The PostgreSQL store is not ready: ${(cause as Error).message}`, { cause })
    }
  }

  /** What has begun is finished before the store is closed; what comes later is refused. */
  function finished<T>(task: () => Promise<T>): Promise<T> {
    if (closing !== undefined) return Promise.reject(closed())
    return begun(isReady ? task() : readyOrUnavailable().then(task))
  }

  function begun<T>(task: Promise<T>): Promise<T> {
    running += 1
    task.then(ended, ended)
    return task
  }

  function ended(): void {
    running -= 1
    if (running === 0) allEnded?.()
  }

  const background = (task: Promise<void>): void => void begun(task)
  const making = {
    schema,
    statements,
    time,
    holdMs,
    background,
    insert: (...row) => rows.within(...row),
  } satisfies Pick<
    TransactionSettings<unknown, unknown>,
    'schema' | 'statements' | 'time' | 'holdMs' | 'background' | 'insert'
  >

  function execute<Result>(
    claim: Claim | undefined,
    work: (session: Session<Tx>) => Settlement<Result> | Promise<Settlement<Result>>,
  ): Promise<Claimed<Result>> {
    const attempt = async () => {
      const connection = await lender.lend(statements.begin)
      return connection === 'busy' ? BUSY : transact(connection, claim, work, { ...making, wrap, habit })
    }
    return tryUntilKnown(claim, attempt, patience)
  }

  // Behind a savepoint from the start: whether the row breaks a unique rule is what it is tried alone for.
  const alone = { wrap: (client: unknown) => client, habit: { attempts: true } }
  const rows = createRowInserter({
    ...settings,
    lender,
    watch,
    isPrepared: settings.prepare,
    runAlone: (claim, work, unanswered) => {
      const attempt = async () => {
        const connection = await lender.lend(statements.begin)
        return connection === 'busy' ? BUSY : transact(connection, claim, work(connection), { ...making, ...alone })
      }
      return tryUntilKnown(claim, attempt, patience, unanswered)
    },
  })

  async function purge(limit: number): Promise<number> {
    const connection = await lender.lend(BEGIN)
    if (connection === 'busy') return 0
    try {
      const { rows } = await connection.open([statements.purge(time.now(), limit), COMMIT])
      connection.release()
      return Number(rows[0]?.['purged'])
    } catch (cause) {
      connection.destroy()
      throw new StoreUnavailableError(`PostgreSQL could not purge: ${(cause as Error).message}.`, { cause })
    }
  }

  const eraser = createEraser(async function* (erasure) {
    if (closing !== undefined) throw closed()
    await readyOrUnavailable()
    yield* eraseRecords(lender, settings, erasure)
  })

  return {
    name: `postgres (${driver.name})`,
    ready,
    once: (claim, work) => finished(() => execute(claim, work)),
    insert: (claim, row, build) =>
      finished(() => rows.insert(claim, row, build, (settlement) => execute(claim, async () => settlement))),
    purge(limit = 1_000) {
      const run = () => finished(() => purgeInTurns(purge, { limit, atOnce: PURGED_AT_ONCE, time }))
      return watch === undefined ? run() : watch.purge(run)
    },
    erase: (erasure) => begun(eraser.erase(erasure)),
    get erasures() {
      return eraser.erasures
    },
    close() {
      closing ??= new Promise((resolve) => {
        allEnded = resolve
        if (running === 0) resolve()
      })
      return closing
    },
  }
}
