import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { type PostgresStore, postgresStore } from '../../src/stores/postgres.ts'
import { type CuttingProxy, startProxy } from './cutting-proxy.ts'
import { answer, claimOf, drivers, type OpenedPostgres, openPostgres, type Statements } from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
afterEach(() => opened.close())

const tables = `create table parent (id text primary key);
  create table item (id text primary key, name text unique, note text, amount numeric, is_open boolean, seen timestamptz,
    raw bytea, extra jsonb, parent text references parent (id));`

type Values = Readonly<Record<string, unknown>>

/** Declares an item under a key. */
function declare(store: PostgresStore<Statements>, key: string | undefined, values: Values) {
  return store.insert!(key === undefined ? undefined : claimOf(key), { table: 'item', values }, () => ({
    kind: 'commit',
    result: key,
    answer,
  }))
}

const itemIds = async () =>
  (await server.query<{ id: string }>(opened.database, 'select id from item order by id')).map(({ id }) => id)

/** A key and an item for each number. */
const keys = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `k${String(index).padStart(3, '0')}`)

const HARD = `it's "quoted" \\ \\' {a,"b"} NULL $c1$ $1 \\x41 Žofie 日本 😀 \t\n\r`

describe.each(drivers)('over %s, declared rows', (driver) => {
  it.each([
    [1, true],
    [1, false],
    [40, true],
    [40, false],
  ])('keep what is hard to keep: %i at once, prepared: %s', async (count, prepare) => {
    opened = await openPostgres(server, { driver, tables, prepare })
    const values = (id: string): Values => ({
      id,
      name: `${id} ${HARD}`,
      note: Number(id.slice(1)) % 2 === 0 ? null : HARD.repeat(200),
      amount: 12345678901234567890n,
      is_open: id !== 'k000',
      seen: new Date(1_700_000_000_001),
      raw: Uint8Array.of(0, 255, 92),
      extra: { text: HARD },
      parent: null,
    })
    const kinds = await Promise.all(keys(count).map(async (id) => (await declare(opened.store, id, values(id))).kind))
    expect(new Set(kinds)).toEqual(new Set(['executed']))
    const kept = await server.query<Values>(
      opened.database,
      `select id, name, note, amount::text, is_open, extract(epoch from seen)::numeric(20, 6)::text as seen, encode(raw, 'hex') as raw, extra->>'text' as text, parent
      from item order by id`,
    )
    expect(kept).toEqual(
      keys(count).map((id) => {
        const { name, note, is_open, parent } = values(id)
        const written = { amount: '12345678901234567890', seen: '1700000000.001000', raw: '00ff5c', text: HARD }
        return { id, name, note, is_open, parent, ...written }
      }),
    )
    expect(await opened.keys()).toEqual(keys(count))
    expect(await declare(opened.store, 'k000', values('other'))).toMatchObject({ kind: 'recorded', answer })
  })

  it('with a character that PostgreSQL cannot keep fail alone, and their neighbours are kept', async () => {
    opened = await openPostgres(server, { driver, tables })
    const outcomes = await Promise.allSettled(
      keys(9).map((id) => declare(opened.store, id, { id, name: id === 'k004' ? 'a\0b' : id })),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { message: expect.stringContaining('U+0000') } },
    ])
    expect(await itemIds()).toEqual(keys(9).filter((id) => id !== 'k004'))
  })

  it('leave no setting and no transaction on the connections that others get', async () => {
    opened = await openPostgres(server, { driver, tables, max: 2 })
    const rows = keys(20).map((id) => ({ id, name: id === 'k009' ? 'k008' : id, amount: id === 'k013' ? 'much' : 1 }))
    const outcomes = await Promise.allSettled(rows.map((row) => declare(opened.store, row.id, row)))
    expect(outcomes.map(({ status }) => status)).toEqual(
      keys(20).map((id) => (id === 'k013' ? 'rejected' : 'fulfilled')),
    )
    await declare(opened.store, undefined, { id: 'alone', name: 'alone' })
    for (const key of ['l1', 'l2', 'l3']) {
      await opened.creating(async (tx) => {
        const [began] = await tx.run("select current_setting('lock_timeout') as timeout")
        // The bound of this transaction, not that of a batch.
        expect(began).toEqual({ timeout: '5s' })
      }, key)
    }
    const open =
      "select state from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()"
    expect(await server.query(opened.database, open)).toEqual([])
  })

  it('do not wait for those whose natural keys another transaction has taken and not ended', async () => {
    opened = await openPostgres(server, { driver, tables, lockMs: 5_000 })
    await declare(opened.store, 'first', { id: 'first', name: 'first' })
    const other = new pg.Client(server.config(opened.database))
    await other.connect()
    await other.query("begin; insert into item (id, name) values ('o1', 'taken'), ('o2', 'taken too')")
    let answered = 0
    const blocked = []
    for (const name of ['taken', 'taken too']) {
      blocked.push(declare(opened.store, name, { id: name, name }).finally(() => (answered += 1)))
      // Each leaves by itself, so both of the batches that may be on their way are waiting.
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
    const neighbours = await Promise.all(keys(30).map((id) => declare(opened.store, id, { id, name: id })))
    expect(new Set(neighbours.map(({ kind }) => kind))).toEqual(new Set(['executed']))
    expect(answered).toBe(0)
    await other.query('rollback')
    expect((await Promise.all(blocked)).map(({ kind }) => kind)).toEqual(['executed', 'executed'])
    await other.end()
  })
})

describe.each(drivers)('over %s, the wire of declared rows', (driver) => {
  let proxy: CuttingProxy
  let store: PostgresStore<Statements>
  beforeEach(async () => {
    proxy = await startProxy(server.port)
    opened = await openPostgres(server, { driver, tables })
    store = opened.another({ port: proxy.port, max: 2 })
    for (const key of keys(6)) await declare(store, key, { id: key, name: key })
    await Promise.all(keys(9).map((key) => declare(store, `w ${key}`, { id: `w ${key}`, name: `w ${key}` })))
  })
  afterEach(async () => {
    proxy.rule = proxy.answerRule = () => 'forward'
    await proxy.close()
  })

  it('carries one of them in one round trip', async () => {
    proxy.messages = 0
    expect((await declare(store, 'one', { id: 'one', name: 'one' })).kind).toBe('executed')
    expect(proxy.messages).toBe(1)
  })

  it('carries forty of them in one round trip or two', async () => {
    // Both connections know the statements.
    await Promise.all(keys(300).map((key) => declare(store, `x ${key}`, { id: `x ${key}`, name: `x ${key}` })))
    proxy.messages = 0
    const many = keys(40).map((key) => declare(store, `m ${key}`, { id: `m ${key}`, name: `m ${key}` }))
    expect(new Set((await Promise.all(many)).map(({ kind }) => kind))).toEqual(new Set(['executed']))
    expect(proxy.messages).toBeLessThanOrEqual(2)
  })

  it.each([1, 20])('may be cut after %i were kept: it was these, and none is written twice', async (count) => {
    let isCut = false
    // Only the answer that says they were kept: before it, a retry may meet them while they are being written.
    proxy.answerRule = (text, { client }) => {
      if (isCut || !text.includes('INSERT 0 ')) return 'forward'
      isCut = true
      client.destroy()
      return 'drop'
    }
    const kinds = await Promise.all(
      keys(count).map(async (key) => (await declare(store, `c ${key}`, { id: `c ${key}`, name: `c ${key}` })).kind),
    )
    expect(isCut).toBe(true)
    expect(new Set(kinds)).toEqual(new Set(['executed']))
    expect((await itemIds()).filter((id) => id.startsWith('c '))).toEqual(keys(count).map((key) => `c ${key}`))
  })

  it('may be cut before one arrived: it is written by the next', async () => {
    let isCut = false
    proxy.rule = (_, { client, server: wire }) => {
      if (isCut) return 'forward'
      isCut = true
      client.destroy()
      wire.destroy()
      return 'drop'
    }
    expect((await declare(store, 'c', { id: 'c', name: 'c' })).kind).toBe('executed')
    expect((await itemIds()).filter((id) => id === 'c')).toEqual(['c'])
  })

  it('may be cut under one without a key: says that nobody can know', async () => {
    proxy.answerRule = (_, { client }) => {
      client.destroy()
      return 'drop'
    }
    const failing = declare(store, undefined, { id: 'c', name: 'c' })
    await expect(failing).rejects.toThrow(StoreUnavailableError)
    await expect(failing).rejects.toThrow('The answer of COMMIT was lost')
  })
})

describe('clients of pg that pipeline', () => {
  it('take no query that writes itself, so they get text: rows, creations, replays and conflicts are the same', async () => {
    opened = await openPostgres(server, { tables })
    await opened.store.ready()
    const pool = new pg.Pool({ ...server.config(opened.database), max: 3, pipeline: true } as pg.PoolConfig)
    const store = postgresStore({ pool })
    const item = (key: string, values: Values) =>
      store.insert!(claimOf(key), { table: 'item', values }, () => ({ kind: 'commit', result: key, answer }))
    const declared = await Promise.all(
      keys(20).map((id) => item(id, { id, name: id === 'k005' ? 'k004' : id, note: HARD })),
    )
    expect(declared.map(({ kind }) => kind).sort()).toEqual([...keys(19).map(() => 'executed'), 'taken'])
    const created = await store.once(claimOf('created'), async ({ tx }) => {
      await Promise.all(['a', 'b'].map((id) => tx.query('insert into item (id) values ($1)', [id])))
      return { kind: 'commit', result: 'created', answer }
    })
    expect(created).toEqual({ kind: 'executed', result: 'created' })
    for (const key of ['created', 'k000'])
      expect(await item(key, { id: 'c' })).toMatchObject({ kind: 'recorded', answer })
    await store.close()
    await pool.end()
  })
})
