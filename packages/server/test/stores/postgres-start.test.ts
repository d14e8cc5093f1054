import { readFileSync } from 'node:fs'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError, systemTime } from '../../src/index.ts'
import { postgresWorksWith } from '../../src/stores/migrations/postgres.ts'
import { proveLock } from '../../src/stores/postgres/prove-lock.ts'
import { postgresMigrations, postgresStore } from '../../src/stores/postgres.ts'
import { claimOf, type OpenedPostgres, openPostgres } from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres(['max_connections=150'])
})
afterAll(() => server.stop())
afterEach(() => opened.close())

const version = 'select max(number) as number, count(*)::int as count from createonce.migration'

describe('the schema of the library', () => {
  beforeEach(async () => {
    opened = await openPostgres(server, { isRecycled: false })
  })

  it('is made once by twenty processes that start at once', async () => {
    const stores = Array.from({ length: 20 }, () => opened.another({ max: 2 }))
    await Promise.all(stores.map((store) => store.ready()))
    const latest = postgresMigrations('createonce').length
    expect(await server.query(opened.database, version)).toEqual([{ number: latest, count: latest }])
  })

  it('is made once where the lock does not keep the processes apart', async () => {
    // What another database that speaks the protocol may do with it: nothing.
    await server.query(
      opened.database,
      `create function public.pg_advisory_xact_lock(integer, integer) returns void language sql as '';
      do $$ begin execute format('alter database %I set search_path = public, pg_catalog', current_database()); end $$`,
    )
    const stores = Array.from({ length: 20 }, () => opened.another({ max: 2 }))
    await Promise.all(stores.map((store) => store.ready()))
    expect(await server.query(opened.database, version)).toMatchObject([
      { count: postgresMigrations('createonce').length },
    ])
  })

  it('can have any name', async () => {
    const store = opened.another({ schema: 'Odd "schema", with \'quotes\' and \\' })
    expect((await opened.create('k1', store)).kind).toBe('executed')
    expect((await opened.create('k1', store)).kind).toBe('recorded')
    // Its keys are not those of another schema.
    await server.query(opened.database, 'delete from thing')
    expect((await opened.create('k1')).kind).toBe('executed')
  })

  it('that is newer than the library is refused with what to do, and used when the library is newer again', async () => {
    await opened.store.ready()
    await server.query(opened.database, 'insert into createonce.migration (number) values (99)')
    const late = opened.another()
    await expect(late.ready()).rejects.toThrow(
      `The database has schema 99 of Createonce, but this version knows only ${postgresMigrations('x').length}: a newer version has migrated it. Update @createonce/server.`,
    )
    await expect(opened.create('k1', late)).rejects.toThrow(StoreUnavailableError)
    await server.query(opened.database, 'delete from createonce.migration where number = 99')
    expect((await opened.create('k1', late)).kind).toBe('executed')
  })

  it('that a newer version has only expanded is worked with, beside that version', async () => {
    await opened.store.ready()
    const known = postgresMigrations('x').length
    await server.query(
      opened.database,
      `alter table createonce.record add column note text;
      insert into createonce.migration (number, works_with) values (${known + 1}, ${known})`,
    )
    const older = opened.another()
    expect((await opened.create('k1', older)).kind).toBe('executed')
    expect((await opened.create('k1')).kind).toBe('recorded')
  })

  it('says for each change what works with it, never less than for the one before', () => {
    expect(postgresWorksWith).toHaveLength(postgresMigrations('x').length)
    expect([...postgresWorksWith].sort((one, other) => one - other)).toEqual(postgresWorksWith)
  })

  it('is brought up to date from every older version', async () => {
    const migrations = postgresMigrations('createonce')
    for (let done = 0; done < migrations.length; done++) {
      await server.query(
        opened.database,
        `drop schema if exists createonce cascade; create schema createonce;
        create table createonce.migration (number integer primary key, applied_at timestamptz not null default now())`,
      )
      for (let number = 1; number <= done; number++)
        await server.query(
          opened.database,
          `${migrations[number - 1]}; insert into createonce.migration (number) values (${number})`,
        )
      await opened.another().ready()
      expect(await server.query(opened.database, version)).toMatchObject([{ number: migrations.length }])
    }
  })

  it('has the primary key and the index that the promises rest on, and no partitions', async () => {
    await opened.store.ready()
    const indexes =
      "select indexdef from pg_indexes where schemaname = 'createonce' and tablename = 'record' order by 1"
    expect(await server.query(opened.database, indexes)).toEqual([
      { indexdef: 'CREATE INDEX record_expires_at ON createonce.record USING btree (expires_at)' },
      { indexdef: 'CREATE UNIQUE INDEX record_pkey ON createonce.record USING btree (id)' },
    ])
    expect(await server.query(opened.database, "select relkind from pg_class where relname = 'record'")).toEqual([
      { relkind: 'r' },
    ])
  })
})

describe('a role that may only do what the store does', () => {
  beforeEach(async () => {
    opened = await openPostgres(server, { isRecycled: false })
    await server.query(opened.database, `drop role if exists app; create role app login password 'app'`)
  })
  afterEach(async () => {
    await server.query(opened.database, 'drop owned by app')
  })

  // The guide's own statements, and what the test's table needs.
  const page = readFileSync(new URL('../../../../docs/guides/stores/postgres.md', import.meta.url), 'utf8')
  const GRANTS = `${/```sql\n([\s\S]*?)```/.exec(page)![1]}
    grant insert on thing to app; grant usage on sequence thing_id_seq to app`
  const app = { user: 'app', password: 'app' }

  it.each([true, false])('creates, replays and purges what the owner has migrated; migrate: %s', async (migrate) => {
    await opened.store.ready()
    await server.query(opened.database, GRANTS)
    const store = opened.another({
      ...app,
      migrate,
      time: { ...systemTime, now: () => 0 },
    })
    expect((await opened.create('k1', store)).kind).toBe('executed')
    expect((await opened.create('k1', store)).kind).toBe('recorded')
    const later = opened.another({ ...app, migrate })
    expect(await later.purge()).toBe(1)
  })

  it('is told what is missing before the owner has migrated', async () => {
    const store = opened.another({ ...app, migrate: false })
    await expect(store.ready()).rejects.toThrow('`migrate: false` is set: migrate with a role that may create it')
    await expect(opened.another(app).ready()).rejects.toThrow('permission denied')
  })

  it('that may not write is refused and not retried', async () => {
    await opened.store.ready()
    await server.query(opened.database, `${GRANTS}; revoke insert on createonce.record from app`)
    await expect(opened.create('k1', opened.another(app))).rejects.toThrow('permission denied for table record')
    expect(await opened.names()).toEqual([])
  })
})

describe('a start', () => {
  beforeEach(async () => {
    opened = await openPostgres(server, { isRecycled: false })
  })

  it('proves that advisory locks exclude, and refuses a database where they do nothing', async () => {
    await server.query(
      opened.database,
      `create function public.pg_try_advisory_xact_lock(integer, integer) returns boolean language sql as 'select true';
      do $$ begin execute format('alter database %I set search_path = public, pg_catalog', current_database()); end $$`,
    )
    const store = opened.another()
    await expect(store.ready()).rejects.toThrow('Advisory locks of this database do not exclude each other')
    await expect(opened.create('k1', store)).rejects.toThrow(StoreUnavailableError)
    expect(await opened.names()).toEqual([])
  })

  it('refuses locks that never take, or never let go', async () => {
    const answering = (...answers: boolean[]) => ({
      run: async (text: string) => ({
        rows: text.includes('lock') ? [{ locked: String(answers.shift()) }] : [],
        command: '',
      }),
    })
    await proveLock(answering(true), answering(false, true), Math.random)
    for (const [one, other] of [
      [[false], [false, true]],
      [[true], [true, true]],
      [[true], [false, false]],
    ] as const)
      await expect(proveLock(answering(...one), answering(...other), Math.random)).rejects.toThrow('do not exclude')
  })

  it('refuses a pool of one connection, another encoding, and settings that make no sense', async () => {
    await expect(opened.another({ max: 1 }).ready()).rejects.toThrow('at least 2 connections')
    await expect(opened.another({ max: 1, driver: 'postgres.js' }).ready()).rejects.toThrow('at least 2 connections')
    await expect(
      opened
        .another({
          pool: { onConnect: (client: pg.ClientBase) => void client.query('set client_encoding to LATIN1') } as never,
        })
        .ready(),
    ).rejects.toThrow('speak LATIN1')
    const pool = new pg.Pool()
    expect(() => postgresStore({ pool, holdMs: 0 })).toThrow('holdMs is a whole number above 0; seen: 0.')
    expect(() => postgresStore({ pool, idleMs: 10_000 })).toThrow('idleMs (10000) must be longer than holdMs (10000)')
    expect(() => postgresStore({ pool, schema: 'x'.repeat(64) })).toThrow('schema is a name of 1 to 63 bytes')
    expect(() => postgresStore({ pool, isolation: 'chaos' as never })).toThrow('isolation is one of')
    expect(() => postgresStore({} as never)).toThrow('needs `pool` (of pg) or `sql` (of postgres.js)')
  })

  it('of two stores over one pool of two connections does not lock itself up', async () => {
    const pool = new pg.Pool({ ...server.config(opened.database), max: 2 })
    const stores = [1, 2, 3].map(() => postgresStore({ pool }))
    await Promise.all(stores.map((store) => store.ready()))
    await pool.end()
  })
})

describe('a record', () => {
  it('keeps what is hard to keep, whatever standard_conforming_strings and DateStyle say', async () => {
    opened = await openPostgres(server, { isRecycled: false })
    await opened.store.ready()
    await server.query(
      opened.database,
      `do $$ begin execute format('alter database %I set standard_conforming_strings = off', current_database());
      execute format('alter database %I set escape_string_warning = off', current_database());
      execute format('alter database %I set datestyle = "German, DMY"', current_database());
      execute format('alter database %I set timezone = "Asia/Kathmandu"', current_database());
      execute format('alter database %I set bytea_output = escape', current_database()); end $$`,
    )
    const hard = `it's "quoted" \\ \\' \\\\'; drop table thing; -- $1 $$ %s \\x41 \\u0041 Žofie 日本 😀 \t\n\r`
    const claim = {
      scope: `${JSON.stringify(`o'brien \0 \ud800 ${hard}`)} createThing`,
      key: "k'\\",
      fingerprint: hard,
      retentionMs: 3_600_000,
    }
    for (const prepare of [true, false]) {
      for (const driver of ['pg', 'postgres.js'] as const) {
        const store = opened.another({ prepare, driver })
        const answer = {
          status: 201,
          headers: { Location: '/things/1', Link: hard },
          body: JSON.stringify({ hard: `${hard}\0` }),
        }
        const own = { ...claim, key: `${claim.key} ${prepare} ${driver}` }
        await store.once(own, async () => ({ kind: 'commit', result: 1, answer }))
        const again = await store.once(own, async () => ({ kind: 'roll-back', result: 2 }))
        expect(again).toMatchObject({ kind: 'recorded', fingerprint: hard, answer })
      }
    }
    const { scope } = claim
    expect(await server.query(opened.database, 'select distinct scope from createonce.record')).toEqual([{ scope }])
    const raw = opened.store.once(claimOf('raw'), async () => ({
      kind: 'commit',
      result: 1,
      answer: { status: 201, headers: {}, body: '\0' },
    }))
    await expect(raw).rejects.toThrow('U+0000')
  })

  it('is read whatever parsers and names of columns the author has set', async () => {
    opened = await openPostgres(server, { isRecycled: false })
    const types = { getTypeParser: () => (value: string) => `parsed ${value}` }
    const pool = new pg.Pool({
      ...server.config(opened.database),
      types: { getTypeParser: (oid: number) => (oid === 25 ? String : types.getTypeParser()) } as never,
    })
    const sql = postgres({
      ...server.config(opened.database),
      onnotice: () => {},
      transform: { ...postgres.camel, value: { from: (value: unknown) => value ?? undefined } },
    })
    for (const [index, store] of [postgresStore({ pool }), postgresStore({ sql })].entries()) {
      const claim = claimOf(`k${index}`)
      const bare = { status: 201, headers: { ETag: '"1"' } }
      await store.once(claim, async () => ({ kind: 'commit', result: 1, answer: bare }))
      const again = await store.once(claim, async () => ({ kind: 'roll-back', result: 2 }))
      expect(again).toMatchObject({ kind: 'recorded', fingerprint: '1:f' })
      expect((again as { answer?: unknown }).answer).toEqual(bare)
      await store.close()
    }
    await Promise.all([pool.end(), sql.end()])
  })
})
