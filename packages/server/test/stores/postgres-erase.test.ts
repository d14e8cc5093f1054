import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { drivers, type OpenedPostgres, openPostgres } from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
afterEach(() => opened.close())

const left = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await server.query<{ scope: string; count: string }>(
        opened.database,
        'select scope, count(*) from createonce.record group by scope',
      )
    ).map(({ scope, count }) => [scope, Number(count)]),
  )

/** Records of two callers by turns, of about a kilobyte, so that many are more than what is read at once. */
const fill = (count: number) =>
  server.query(
    opened.database,
    `insert into createonce.record (id, scope, key, fingerprint, status, headers, created_at, expires_at)
      select gen_random_uuid(), case n % 2 when 0 then '"ann" createThing' else '"anna" createThing' end, n, '1:f', 201,
        (select string_agg(md5((n * 32 + part)::text), '') from generate_series(1, 32) part), now(), now()
      from generate_series(1, ${count}) n`,
  )

describe('erasing in PostgreSQL', () => {
  it.each(drivers)('reaches every part of a large table, over %s', async (driver) => {
    opened = await openPostgres(server, { driver })
    await opened.store.ready()
    await fill(20_000)
    const [size] = await server.query<{ bytes: string }>(
      opened.database,
      "select pg_relation_size('createonce.record') as bytes",
    )
    expect(Number(size!.bytes)).toBeGreaterThan(2 * 8_388_608)
    expect(await opened.store.erase({ principal: 'ann', batchSize: 700 })).toBe(10_000)
    expect(await left()).toEqual({ '"anna" createThing': 10_000 })
  })

  it('waits for a record that somebody holds, and says after lockMs that it was broken off', async () => {
    opened = await openPostgres(server, { lockMs: 100 })
    await opened.store.ready()
    await fill(4)
    const other = new pg.Client(server.config(opened.database))
    await other.connect()
    await other.query("begin; select from createonce.record where key = '4' for update")
    const refused = opened.store.erase({ principal: 'ann', batchSize: 1 })
    await expect(refused).rejects.toThrow(StoreUnavailableError)
    await expect(refused).rejects.toThrow('lock timeout. Records erased so far: 1. Others may be left')
    await other.query('rollback')
    await other.end()
    expect(await opened.store.erase({ principal: 'ann', batchSize: 1 })).toBe(1)
    expect(await left()).toEqual({ '"anna" createThing': 2 })
  })

  it('asks for no right that the guide does not grant', async () => {
    opened = await openPostgres(server, { isRecycled: false })
    await opened.store.ready()
    await fill(4)
    const page = readFileSync(new URL('../../../../docs/guides/stores/postgres.md', import.meta.url), 'utf8')
    const grants = /```sql\n([\s\S]*?)```/.exec(page)![1]
    await server.query(opened.database, `drop role if exists app; create role app login password 'app'; ${grants}`)
    const store = opened.another({ user: 'app', password: 'app', migrate: false })
    expect(await store.erase({ principal: 'ann' })).toBe(2)
    await server.query(opened.database, 'drop owned by app')
  })

  it('gives its connection back between two batches', async () => {
    opened = await openPostgres(server, { max: 2 })
    await opened.store.ready()
    await fill(20)
    const erasing = opened.store.erase({ principal: 'ann', batchSize: 1 })
    const creating = Promise.all(Array.from({ length: 10 }, (_, index) => opened.create(`k${index}`)))
    expect((await creating).map(({ kind }) => kind)).toEqual(Array(10).fill('executed'))
    expect(await erasing).toBe(10)
  })
})
