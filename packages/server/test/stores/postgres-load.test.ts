import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { postgresStore } from '../../src/stores/postgres.ts'
import { createGate } from '../../src/testing/gate.ts'
import { answer, claimOf, drivers, insert, type OpenedPostgres, openPostgres } from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
afterEach(() => opened.close())

const OVERLOADED = { kind: 'overloaded', retryAfterMs: 1_000 }
const LOCKS =
  "select count(*)::int as count from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"
const BACKENDS =
  'select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'

describe.each(drivers)('over %s, a thousand retries of one key over two stores of four connections', (driver) => {
  beforeEach(async () => {
    // However slow the machine is: the thousandth waits for all the others.
    opened = await openPostgres(server, { driver, isRecycled: false, acquireMs: 25_000, holdMs: 28_000 })
  })

  it('while it runs: all are told so, holding one lock and no connection', async () => {
    const other = opened.another()
    const [entered, gate] = [createGate(), createGate()]
    const first = opened.creating(async (tx) => {
      await insert(tx, 'once')
      entered.open()
      await gate.opened
    })
    await entered.opened
    const stores = [opened.store, other]
    const retries = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => opened.create('k1', stores[index % 2])),
    )
    expect(new Set(retries.map(({ kind }) => kind))).toEqual(new Set(['in-flight']))
    expect(await server.query(opened.database, LOCKS)).toEqual([{ count: 1 }])
    const [{ count } = { count: 0 }] = await server.query<{ count: number }>(opened.database, BACKENDS)
    expect(count).toBeLessThanOrEqual(8)
    // Another key is not held up by them.
    expect((await opened.create('k2', other)).kind).toBe('executed')
    gate.open()
    expect((await first).kind).toBe('executed')
    expect(await opened.names()).toEqual(['once', 'k2'])
  })

  it('after it was done: all are answered from the record, and take no lock', async () => {
    await opened.create('k1')
    const stores = [opened.store, opened.another()]
    const retries = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => opened.create('k1', stores[index % 2])),
    )
    expect(new Set(retries.map(({ kind }) => kind))).toEqual(new Set(['recorded']))
    expect(await server.query(opened.database, LOCKS)).toEqual([{ count: 0 }])
    expect(await opened.names()).toEqual(['k1'])
  })
})

describe.each(drivers)('over %s, a pool whose connections are all in use', (driver) => {
  beforeEach(async () => {
    opened = await openPostgres(server, { driver, max: 2, acquireMs: 400, maxWaiting: 3 })
    await opened.store.ready()
  })

  /** Occupies both connections until the gate is opened. */
  async function occupied() {
    const gate = createGate()
    const entered = [createGate(), createGate()]
    const running = entered.map(({ open }, index) =>
      opened.creating(async (tx) => {
        await insert(tx, `running ${index}`)
        open()
        await gate.opened
      }, `running ${index}`),
    )
    await Promise.all(entered.map(({ opened: isIn }) => isIn))
    return { gate, running }
  }

  it('is waited for up to acquireMs, by at most maxWaiting, and then there is room again', async () => {
    const { gate, running } = await occupied()
    let isWaiting = true
    const waiting = ['w1', 'w2', 'w3'].map(async (key) => {
      const claimed = await opened.create(key)
      isWaiting = false
      return claimed
    })
    expect(await opened.create('w4')).toEqual(OVERLOADED)
    expect(isWaiting).toBe(true)
    expect(await Promise.all(waiting)).toEqual([OVERLOADED, OVERLOADED, OVERLOADED])
    expect(await opened.store.purge()).toBe(0)
    gate.open()
    await Promise.all(running)
    const after = await Promise.all(['a1', 'a2', 'a3'].map((key) => opened.create(key)))
    expect(after.map(({ kind }) => kind)).toEqual(['executed', 'executed', 'executed'])
    expect((await opened.names()).filter((name) => name.startsWith('w'))).toEqual([])
  })
})

describe('a pool of pg with a limit of its own', () => {
  it('is overloaded by it too', async () => {
    opened = await openPostgres(server, { max: 2, pool: { connectionTimeoutMillis: 1_500 } })
    await opened.store.ready()
    const gate = createGate()
    const running = ['a', 'b'].map((key) => opened.creating(() => gate.opened, key))
    await new Promise((resolve) => setImmediate(resolve))
    expect(await opened.create('c')).toEqual(OVERLOADED)
    gate.open()
    await Promise.all(running)
  })

  it('that somebody else keeps busy is out of reach', async () => {
    opened = await openPostgres(server)
    const pool = new pg.Pool({ ...server.config(opened.database), max: 2 })
    const store = postgresStore({ pool, acquireMs: 1_000 })
    await store.ready()
    const clients = [await pool.connect(), await pool.connect()]
    await expect(store.once(claimOf('k1'), async () => ({ kind: 'commit', result: 1, answer }))).rejects.toThrow(
      StoreUnavailableError,
    )
    for (const client of clients) client.release()
    await store.close()
    await pool.end()
  })
})

describe('purging', () => {
  it('leaves to others what they are purging now, and takes the oldest first', async () => {
    opened = await openPostgres(server)
    for (const key of ['k1', 'k2', 'k3', 'k4']) await opened.create(key)
    await server.query(
      opened.database,
      `update createonce.record set expires_at = timestamptz '2020-01-01' + (substr(key, 2)::int * interval '1 day')`,
    )
    const other = new pg.Client(server.config(opened.database))
    await other.connect()
    await other.query("begin; select from createonce.record where key = 'k1' for update")
    expect(await opened.store.purge(2)).toBe(2)
    expect(await opened.keys()).toEqual(['k1', 'k4'])
    await other.query('rollback')
    expect(await opened.store.purge(2)).toBe(2)
    expect(await opened.store.purge()).toBe(0)
    await other.end()
  })

  it('of the record that a retry is just replacing does not get in its way', async () => {
    opened = await openPostgres(server)
    await opened.create('k1')
    await server.query(opened.database, "update createonce.record set expires_at = '2020-01-01'")
    const [entered, gate] = [createGate(), createGate()]
    const again = opened.creating(async (tx) => {
      await insert(tx, 'again')
      entered.open()
      await gate.opened
    })
    await entered.opened
    expect(await opened.store.purge()).toBe(1)
    gate.open()
    expect((await again).kind).toBe('executed')
    expect(await opened.keys()).toEqual(['k1'])
  })
})

describe('a record that another process has written though the lock was free', () => {
  it('decides: the work of the second one is undone, and it is answered from the record', async () => {
    opened = await openPostgres(server)
    await opened.store.ready()
    const claimed = await opened.creating(async (tx) => {
      await insert(tx, 'second')
      // Without the lock, as a look-alike or a fail-over might let it happen.
      await server.query(
        opened.database,
        `insert into createonce.record (id, scope, key, fingerprint, status, headers, body, created_at, expires_at)
        select id, scope, key, '1:other', 201, '{}', 'first', now(), now() + interval '1 hour' from (
          select encode(substr(sha256(convert_to('${claimOf('k1').scope.length}:${claimOf('k1').scope}k1', 'UTF8')), 1, 16), 'hex')::uuid as id, 's' as scope, 'k' as key
        ) as claim`,
      )
    })
    expect(claimed).toMatchObject({ kind: 'recorded', fingerprint: '1:other', answer: { body: 'first' } })
    expect(await opened.names()).toEqual([])
  })
})

describe('statements that were prepared', () => {
  it('and of which somebody has deallocated one are prepared anew, all of them', async () => {
    opened = await openPostgres(server)
    await opened.create('k1')
    await opened.creating(async (tx) => {
      const [row] = await tx.run("select name from pg_prepared_statements where name like 'createonce_keep%'")
      // The second run is on another connection.
      if (row !== undefined) await tx.run(`deallocate ${String(row['name'])}`)
    }, 'k2')
    expect((await opened.create('k3')).kind).toBe('executed')
    expect(await opened.keys()).toEqual(['k1', 'k2', 'k3'])
  })

  it('and that somebody has deallocated are prepared anew', async () => {
    opened = await openPostgres(server)
    await opened.create('k1')
    await opened.creating((tx) => tx.run('deallocate all'), 'k2')
    expect((await opened.create('k3')).kind).toBe('executed')
    expect(await opened.keys()).toEqual(['k1', 'k2', 'k3'])
  })
})
