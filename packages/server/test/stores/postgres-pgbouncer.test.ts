import pg from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/index.ts'
import { postgresStore } from '../../src/stores/postgres.ts'
import { type ConformanceRow, describeStore } from '../../src/testing/index.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { pgbouncer, startPgbouncer } from './start-pgbouncer.ts'

const isMissing = pgbouncer === undefined
if (isMissing) {
  console.warn('SKIPPED: PgBouncer is not installed, so nothing is tested behind it; see scripts/install-pgbouncer.sh.')
}

it.runIf(isMissing)('PgBouncer is there in CI', () => {
  expect(process.env['CI'] ?? 'false', 'scripts/install-pgbouncer.sh installs it').toBe('false')
})

describe.skipIf(isMissing)('behind PgBouncer in transaction mode', () => {
  let server: PostgresServer
  let pooler: Awaited<ReturnType<typeof startPgbouncer>>
  let database: string
  beforeAll(async () => {
    server = await startPostgres()
    pooler = await startPgbouncer(server)
    database = await server.createDatabase()
  })
  afterAll(async () => {
    await pooler?.stop()
    await server?.stop()
  })

  const config = () => ({ ...server.config(database), port: pooler.port, max: 8 })

  describeStore<pg.PoolClient>(
    {
      name: 'postgres over pg behind PgBouncer',
      async open(time) {
        const pools: pg.Pool[] = []
        const stores: Store<pg.PoolClient>[] = []
        const open = () => {
          const pool = new pg.Pool(config())
          pools.push(pool)
          const store = postgresStore({ pool, time, prepare: false })
          stores.push(store)
          return store
        }
        await server.query(database, 'delete from thing; drop schema if exists createonce cascade')
        return {
          store: open(),
          insert: async (tx, { id, name }) => void (await tx.query('insert into thing values ($1, $2)', [id, name])),
          rows: () => server.query<ConformanceRow>(database, 'select id, name from thing'),
          another: async () => open(),
          async dispose() {
            for (const store of stores) await store.close()
            for (const pool of pools) await pool.end()
          },
        }
      },
    },
    { afterEach, beforeEach, describe, it },
  )

  it('leaves no setting, lock or statement on the connections that others get', async () => {
    const sql = postgres({ ...config(), prepare: false, onnotice: () => {} })
    const store = postgresStore({ sql, prepare: false, statementMs: 1_234 })
    const claims = Array.from({ length: 30 }, (_, index) => ({
      scope: 's',
      key: `k${index}`,
      fingerprint: '1:f',
      retentionMs: 1_000,
    }))
    const done = await Promise.all(
      claims.map((claim) =>
        store.once(claim, async ({ attempt }) => {
          await attempt(() => {})
          return { kind: 'commit', result: 1, answer: { status: 201, headers: {} } }
        }),
      ),
    )
    expect(new Set(done.map(({ kind }) => kind))).toEqual(new Set(['executed']))
    const left = `select current_setting('statement_timeout') as timeout, (select count(*) from pg_prepared_statements)::int as statements,
      (select count(*) from pg_locks where locktype = 'advisory')::int as locks`
    for (let look = 0; look < 10; look++) {
      expect(await sql.unsafe(left)).toMatchObject([{ timeout: '0', statements: 0, locks: 0 }])
    }
    await store.close()
    await sql.end()
  })
})
