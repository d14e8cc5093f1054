import type { KeyRecord, KeyRecords } from '../../idempotency/key-records.ts'
import { scopeOf } from '../../idempotency/scope.ts'
import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import { systemTime, type Time } from '../../idempotency/time.ts'
import { fromRow } from '../from-row.ts'
import { type PostgresStore, postgresStore } from '../postgres.ts'
import { claimId } from './claim-id.ts'
import { identifier } from './literals.ts'
import type { PgPool } from './pg-client.ts'
import { pgDriver } from './pg-driver.ts'
import type { PostgresJs } from './postgres-js.ts'
import { postgresJsDriver } from './postgres-js-driver.ts'

/** Which database, through which library, and by which clock. The pool stays the caller's to end. */
export type PostgresKeyRecordsOptions = {
  /** @default 'createonce' */
  readonly schema?: string
  readonly time?: Time
} & ({ readonly pool: PgPool; readonly sql?: never } | { readonly sql: PostgresJs; readonly pool?: never })

// Some tens of milliseconds; the answers, which may be large, are not read.
const PAGE = 1_000
const READ_MS = 10_000

const COLUMNS = `scope, key, fingerprint, status::text as status,
  (extract(epoch from created_at) * 1000)::bigint::text as created,
  (extract(epoch from expires_at) * 1000)::bigint::text as expires`

/** An operator's way to the records in a PostgreSQL database. It migrates nothing, and reads in transactions that cannot write. */
export function postgresKeyRecords(options: PostgresKeyRecordsOptions): KeyRecords {
  const { schema = 'createonce', time = systemTime, pool, sql } = options
  const driver = pool === undefined ? postgresJsDriver(sql) : pgDriver(pool)
  const table = `${identifier(schema)}.record`
  const settings = { schema, time, migrate: false }
  let store: PostgresStore<unknown> | undefined

  function writing(): PostgresStore<unknown> {
    store ??= pool === undefined ? postgresStore({ ...settings, sql }) : postgresStore({ ...settings, pool })
    return store
  }

  async function read(question: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    try {
      const connection = await driver.connect(undefined)
      try {
        const text = `begin read only; set local statement_timeout = ${READ_MS}; ${question}; commit`
        const { rows } = await connection.run(text)
        connection.release()
        return rows
      } catch (error) {
        connection.destroy()
        throw error
      }
    } catch (cause) {
      const { message, code } = cause as Error & { code?: string }
      const why = code === '42P01' ? `there are no records of Createonce in the schema ${schema}` : message || code
      throw new StoreUnavailableError(`PostgreSQL cannot be read: ${why}.`, { cause })
    }
  }

  async function find(scope: string, key: string) {
    const { uuid } = claimId({ scope, key }, schema)
    const [row] = await read(`select ${COLUMNS}, headers, body from ${table} where id = '${uuid}'`)
    return row && fromRow(row, time.now())
  }

  return {
    name: `postgres (${driver.name})`,
    async *pages() {
      for (let after = ''; ; ) {
        const beyond = after === '' ? '' : `where id > '${after}'`
        const rows = await read(`select id::text as id, ${COLUMNS} from ${table} ${beyond} order by id limit ${PAGE}`)
        if (rows.length === 0) return
        yield rows.map((row): KeyRecord => fromRow(row, time.now()))
        after = String(rows.at(-1)!['id'])
      }
    },
    find: ({ principal, operation, key }) => find(scopeOf(principal, operation), key),
    // What is unfinished is a transaction, and ends with its process.
    async release({ principal, operation, key }) {
      return { kind: (await find(scopeOf(principal, operation), key)) === undefined ? 'absent' : 'finished' }
    },
    purge: (limit) => writing().purge(limit),
    erase: (erasure) => writing().erase(erasure),
    close: async () => store?.close(),
  }
}
