import { drizzle } from 'drizzle-orm/node-postgres'
import { pgTable, text } from 'drizzle-orm/pg-core'
import { drizzle as drizzleOverPostgresJs } from 'drizzle-orm/postgres-js'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import type { Store, Time } from '../../src/index.ts'
import { type PostgresStore, postgresStore } from '../../src/stores/postgres.ts'
import { type ConformanceRow, describeStore } from '../../src/testing/index.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

type Database = ReturnType<PostgresServer['config']>
type Opened<Tx> = { readonly store: PostgresStore<Tx>; end(): Promise<void> }

/** Runs the published suite over one way to reach the database. */
function describeOver<Tx>(
  name: string,
  open: (database: Database, time: Time) => Opened<Tx>,
  insert: (tx: Tx, row: ConformanceRow) => Promise<unknown>,
): void {
  let database: string
  beforeAll(async () => {
    database = await server.createDatabase(`
      create table thing (id text primary key, name text not null unique);
      create table filled_thing (id text primary key, name text not null unique, filled text default 'by default');
      create table child (id text primary key, name text not null, parent text references thing (id));`)
  })
  describeStore<Tx>(
    {
      name: `postgres over ${name}`,
      async open(time) {
        await server.query(database, EMPTY)
        const opened = [open(server.config(database), time)]
        return {
          store: opened[0]!.store,
          insert: async (tx, row) => void (await insert(tx, row)),
          rows: () => server.query<ConformanceRow>(database, 'select id, name from thing'),
          declared: (row, kind = 'known') => ({
            table: { known: 'thing', unknown: 'filled_thing', orphan: 'child' }[kind],
            values: { ...row, ...(kind === 'orphan' && { parent: 'nobody' }) },
          }),
          async another(): Promise<Store<Tx>> {
            const other = open(server.config(database), time)
            opened.push(other)
            return other.store
          },
          async dispose() {
            for (const { store, end } of opened) {
              await store.close()
              await end()
            }
          },
        }
      },
    },
    { afterEach, beforeEach, describe, it },
  )
}

const EMPTY = `delete from child; delete from filled_thing; delete from thing;
  do $$ begin if to_regclass('createonce.record') is not null then delete from createonce.record; end if; end $$`

// Four connections for fifty callers: whoever waits must hold none.
const MAX = 4

function overPg<Tx>(
  wrap: (client: pg.PoolClient) => Tx,
  options: { prepare?: boolean; isolation?: 'serializable' } = {},
) {
  return (database: Database, time: Time): Opened<Tx> => {
    const pool = new pg.Pool({ ...database, max: MAX })
    return { store: postgresStore({ pool, time, wrap, ...options }), end: () => pool.end() }
  }
}

const insertByClient = (tx: pg.PoolClient, { id, name }: ConformanceRow) =>
  tx.query('insert into thing (id, name) values ($1, $2)', [id, name])

describeOver(
  'pg',
  (database, time): Opened<pg.PoolClient> => {
    const pool = new pg.Pool({ ...database, max: MAX })
    return { store: postgresStore({ pool, time }), end: () => pool.end() }
  },
  insertByClient,
)
describeOver(
  'pg, nothing prepared',
  overPg((client) => client, { prepare: false }),
  insertByClient,
)
describeOver(
  'pg, serializable',
  overPg((client) => client, { isolation: 'serializable' }),
  insertByClient,
)

describeOver(
  'postgres.js',
  (database, time): Opened<postgres.ReservedSql> => {
    const sql = postgres({ ...database, max: MAX, onnotice: () => {} })
    return { store: postgresStore({ sql, time }), end: () => sql.end() }
  },
  (tx, { id, name }) => tx`insert into thing (id, name) values (${id}, ${name})`,
)

describeOver(
  'Kysely',
  overPg(
    (client) =>
      new Kysely<{ thing: ConformanceRow }>({
        dialect: new PostgresDialect({ pool: { connect: async () => client, end: async () => {} } }),
      }),
  ),
  (tx, row) => tx.insertInto('thing').values(row).execute(),
)

const thing = pgTable('thing', { id: text('id').primaryKey(), name: text('name').notNull() })
describeOver(
  'Drizzle',
  overPg((client) => drizzle({ client })),
  (tx, row) => tx.insert(thing).values(row),
)

describeOver(
  'Drizzle on postgres.js',
  (database, time) => {
    const sql = postgres({ ...database, max: MAX, onnotice: () => {} })
    return {
      store: postgresStore({ sql, time, wrap: (client) => drizzleOverPostgresJs(client) }),
      end: () => sql.end(),
    }
  },
  (tx, row) => tx.insert(thing).values(row),
)
