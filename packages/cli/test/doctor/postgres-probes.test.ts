import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../../scripts/free-port.mjs'
import { postgresMigrations } from '../../../server/src/stores/migrations/postgres.ts'
import { type PostgresServer, startPostgres } from '../../../server/test/stores/postgres-server.ts'
import type { PostgresNeeded } from '../../src/config/config.ts'
import type { Surroundings } from '../../src/doctor/probe.ts'
import { judgePostgresVersion } from '../../src/doctor/probes/postgres-version.ts'
import { storeProbes } from '../../src/doctor/store-probes.ts'
import { surroundings } from './surroundings.ts'

const TABLES = `create table orders (id text primary key);
  create table "Invoice" (id int generated always as identity, twice int generated always as (1 + 1) stored);
  create table numbered (id serial primary key);
  create schema shop; create table shop.secret (id int)`

// As the page of the prerequisites says it.
const page = readFileSync(new URL('../../../../docs/reference/prerequisites.md', import.meta.url), 'utf8')
const GRANTS = `${/```sql\n([\s\S]*?)```/.exec(page)![1]} grant insert, select, delete on orders, "Invoice" to app;`

const MIGRATE = `create schema createonce; create table createonce.migration (number integer primary key);
  ${postgresMigrations('createonce').join(';')}; insert into createonce.migration values (1);`

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres(['fsync=on', 'max_connections=100', 'superuser_reserved_connections=3'])
  await server.query('postgres', `create role app login password 'pass w?rd'`)
})
afterAll(() => server.stop())

/** A database in a state of its own, and how its service is told where it is. */
async function database(state = MIGRATE + GRANTS): Promise<{ readonly url: string; readonly name: string }> {
  const name = await server.createDatabase(TABLES)
  await server.query(name, state)
  return { name, url: `postgres://app:pass%20w%3Frd@127.0.0.1:${server.port}/${name}` }
}

let shared: ReturnType<typeof database> | undefined

/** One for the tests that leave it as it is. */
function asInTheGuide(): ReturnType<typeof database> {
  shared ??= database()
  return shared
}

const look = (id: string, needed: PostgresNeeded, others?: Partial<Surroundings>) =>
  storeProbes.find((probe) => probe.id === id)!.look(surroundings({ postgres: needed }, others))

describe('a database as the guide to the store sets it up', () => {
  it('is good to every probe, by one connection that is closed afterwards', async () => {
    const { url, name } = await database()
    const run = surroundings({ postgres: { url, tables: ['orders', 'Invoice'] } })
    const readings = await Promise.all(storeProbes.map((probe) => probe.look(run)))
    expect(readings.flat().filter(({ kind }) => kind !== 'good')).toEqual([])
    expect(readings.flat().map(({ subject }) => subject)).toContain(`127.0.0.1:${server.port}/${name}`)
    const left = `select 1 from pg_stat_activity where usename = 'app'`
    await expect.poll(() => server.query('postgres', left)).toEqual([])
  })

  it('is left as it was', async () => {
    const { url, name } = await database()
    await look('postgres-privileges', { url, tables: ['orders', 'Invoice'] })
    expect(await server.query(name, 'select from createonce.record union all select from orders')).toEqual([])
  })

  it('is asked nothing where the profile does not need one', async () => {
    const readings = await Promise.all(storeProbes.map((probe) => probe.look(surroundings({}))))
    expect(readings.flat()).toEqual([])
  })
})

describe('postgres-reachable', () => {
  it('names the role that is answered', async () => {
    const { url } = await asInTheGuide()
    expect(await look('postgres-reachable', { url })).toMatchObject([{ kind: 'good', seen: 'answers to the role app' }])
  })

  it('is bad where nobody listens, and every other probe says that it could not look', async () => {
    const url = `postgres://app:secret@127.0.0.1:${await freePort()}/shop`
    const run = surroundings({ postgres: { url } })
    const [reachable, ...others] = await Promise.all(storeProbes.map((probe) => probe.look(run)))
    expect(reachable).toMatchObject([{ kind: 'bad', seen: expect.stringContaining('ECONNREFUSED') }])
    expect(new Set(others.flat().map(({ kind }) => kind))).toEqual(new Set(['unknown']))
    expect(others.flat()[0]!.seen).toBe('not looked at: there is no connection to PostgreSQL')
  })

  it('is bad where the password is wrong or the database is missing, and says neither password', async () => {
    const { url } = await asInTheGuide()
    const wrong = await look('postgres-reachable', { url: url.replace('pass%20', 'secret%20') })
    const missing = await look('postgres-reachable', { url: url.replace(/test_\d+$/, 'nowhere') })
    expect(wrong).toMatchObject([{ kind: 'bad', seen: 'password authentication failed for user "app"' }])
    expect(missing).toMatchObject([{ kind: 'bad', seen: 'database "nowhere" does not exist' }])
    expect(JSON.stringify([wrong, missing])).not.toMatch(/w%3Frd|w\?rd/)
  })

  it('cannot tell where the variable is not set, and names it', async () => {
    expect(await look('postgres-reachable', { url: '${DATABASE_URL}' })).toMatchObject([
      { kind: 'unknown', seen: 'the environment variable DATABASE_URL is not set', mend: 'Set DATABASE_URL.' },
    ])
  })
})

describe('postgres-version', () => {
  it('sees the version of the server', async () => {
    const { url } = await asInTheGuide()
    const [{ version }] = (await server.query<{ version: string }>(
      'postgres',
      `select current_setting('server_version') as version`,
    )) as [{ version: string }]
    expect(await look('postgres-version', { url })).toMatchObject([{ kind: 'good', seen: version }])
  })

  it.each([
    ['12.0', 120_000, 'good'],
    ['11.22', 110_022, 'bad'],
    ['9.6.24', 90_624, 'bad'],
  ])('judges %s by its number', (version, number, kind) => {
    expect(judgePostgresVersion(version, number)).toEqual({ kind, seen: version })
  })
})

describe('postgres-schema-migrated', () => {
  it('is good in the version that the package knows', async () => {
    const { url } = await asInTheGuide()
    expect(await look('postgres-schema-migrated', { url })).toMatchObject([
      { kind: 'good', seen: 'schema createonce has version 1' },
    ])
  })

  it('is bad where there is none and the role may not create it, and a warning where it may', async () => {
    const { url, name } = await database('select 1')
    expect(await look('postgres-schema-migrated', { url })).toMatchObject([
      { kind: 'bad', seen: 'there is no schema createonce of Createonce, and this role may not create it' },
    ])
    await server.query('postgres', `grant create on database ${name} to app`)
    expect(await look('postgres-schema-migrated', { url })).toMatchObject([
      { kind: 'warning', seen: expect.stringContaining('this role may create it') },
    ])
  })

  it('is bad where the schema is there, empty, and somebody else’s', async () => {
    const { url } = await database('create schema "Odd ""name"')
    expect(await look('postgres-schema-migrated', { url, schema: 'Odd "name' })).toMatchObject([{ kind: 'bad' }])
  })

  it('is bad where a newer version has migrated', async () => {
    const { url } = await database(`${MIGRATE + GRANTS} insert into createonce.migration values (99)`)
    expect(await look('postgres-schema-migrated', { url })).toMatchObject([
      { kind: 'bad', mend: expect.stringContaining('Update @createonce/server') },
    ])
  })
})

describe('postgres-privileges', () => {
  it.each([
    ['insert on createonce.record', 'bad', 'the role lacks insert'],
    ['select on createonce.record', 'bad', 'select'],
    ['delete on createonce.record', 'bad', 'the role lacks delete'],
    ['update (expires_at) on createonce.record', 'warning', 'the role lacks update (expires_at), for purge()'],
    ['select on createonce.migration', 'bad', 'the role lacks select on createonce.migration'],
    ['usage on schema createonce', 'bad', 'the role lacks select on createonce.migration, insert'],
  ])('sees that the role lacks %s', async (privilege, kind, seen) => {
    const { url, name } = await asInTheGuide()
    await server.query(name, `revoke ${privilege} from app`)
    try {
      expect(await look('postgres-privileges', { url })).toMatchObject([
        { subject: 'createonce.record', kind, seen: expect.stringContaining(seen) },
      ])
    } finally {
      await server.query(name, GRANTS)
    }
  })

  it('does not try what is not there yet', async () => {
    const { url } = await database('select 1')
    expect(await look('postgres-privileges', { url })).toMatchObject([
      { kind: 'unknown', seen: 'not tried: the schema is not migrated' },
    ])
  })

  it('sees a server that takes no writes', async () => {
    const { url, name } = await database()
    await server.query('postgres', `alter role app in database ${name} set default_transaction_read_only = on`)
    expect(await look('postgres-privileges', { url })).toMatchObject([
      { kind: 'bad', seen: expect.stringContaining('read-only transaction') },
    ])
  })

  it('sees a policy of row-level security that refuses the record', async () => {
    const { url } = await database(`${MIGRATE + GRANTS} alter table createonce.record enable row level security`)
    expect(await look('postgres-privileges', { url })).toMatchObject([
      { kind: 'bad', seen: expect.stringContaining('insert') },
    ])
  })

  it('tries each declared table, as SQL reads its name or as it is written', async () => {
    const { url } = await database(`${MIGRATE + GRANTS} revoke insert on "Invoice" from app`)
    const tables = ['orders', 'public.orders', 'Invoice', 'shop.secret', 'nowhere', 'no good; name']
    expect((await look('postgres-privileges', { url, tables })).slice(1)).toMatchObject([
      { subject: 'orders', kind: 'good', seen: 'insert, select, delete work' },
      { subject: 'public.orders', kind: 'good' },
      { subject: 'Invoice', kind: 'bad', mend: 'grant insert on "Invoice" to the role of the service' },
      { subject: 'shop.secret', kind: 'bad', seen: 'permission denied for schema shop' },
      { subject: 'nowhere', kind: 'bad', seen: 'there is no such table' },
      { subject: 'no good; name', kind: 'bad', seen: 'there is no such table' },
    ])
  })

  it('is content with a role that may only insert, also into some of the columns', async () => {
    const { url } = await database(
      `${MIGRATE + GRANTS} revoke all on orders from app; grant insert (id) on orders to app`,
    )
    expect((await look('postgres-privileges', { url, tables: ['orders'] }))[1]).toMatchObject({
      kind: 'good',
      seen: 'insert work',
    })
  })

  it('warns of a sequence that the role may not use, and takes no number from it', async () => {
    const { url, name } = await database(`${MIGRATE + GRANTS} grant insert on numbered to app`)
    const readings = await look('postgres-privileges', { url, tables: ['numbered'] })
    expect(readings[2]).toMatchObject({
      subject: 'numbered',
      kind: 'warning',
      seen: expect.stringContaining('numbered_id_seq'),
    })
    await server.query(name, 'grant usage on sequence numbered_id_seq to app')
    expect(await look('postgres-privileges', { url, tables: ['numbered'] })).toHaveLength(2)
    expect(await server.query(name, 'select is_called from numbered_id_seq')).toEqual([{ is_called: false }])
  })
})

describe('postgres-synchronous-commit', () => {
  it.each([
    ['on', 'good'],
    ['local', 'good'],
    ['remote_apply', 'good'],
    ['off', 'bad'],
  ])('of the role in the database: %s is %s', async (value, kind) => {
    const { url, name } = await asInTheGuide()
    await server.query('postgres', `alter role app in database ${name} set synchronous_commit = ${value}`)
    try {
      expect(await look('postgres-synchronous-commit', { url })).toMatchObject([
        { kind, seen: `synchronous_commit ${value}, fsync on` },
      ])
    } finally {
      await server.query('postgres', `alter role app in database ${name} reset synchronous_commit`)
    }
  })
})

describe('postgres-connections-left', () => {
  it('counts those of the server, less the reserved', async () => {
    const { url } = await asInTheGuide()
    const [reading] = await look('postgres-connections-left', { url, connections: 1 })
    expect(reading).toMatchObject({
      kind: 'good',
      seen: expect.stringMatching(/^\d+ of the 97 of the server are left/),
    })
    expect(await look('postgres-connections-left', { url, connections: 98 })).toMatchObject([{ kind: 'bad' }])
  })

  it('keeps to the limit of the role, and does not count itself', async () => {
    const { url } = await asInTheGuide()
    await server.query('postgres', 'alter role app connection limit 2')
    try {
      expect(await look('postgres-connections-left', { url, connections: 2 })).toMatchObject([
        { kind: 'good', seen: '2 of the 2 of the role are left; 2 are needed' },
      ])
      expect(await look('postgres-connections-left', { url })).toMatchObject([
        { kind: 'bad', seen: '2 of the 2 of the role are left; 10 are needed' },
      ])
    } finally {
      await server.query('postgres', 'alter role app connection limit -1')
    }
  })

  it('keeps to the limit of the database', async () => {
    const { url, name } = await database()
    await server.query('postgres', `alter database ${name} connection limit 5`)
    // One is held by the test itself.
    expect(await look('postgres-connections-left', { url })).toMatchObject([
      { kind: 'bad', seen: '4 of the 5 of the database are left; 10 are needed' },
    ])
  })
})

describe('postgres-clock-skew', () => {
  it.each([
    [0, 'good', 'less than 1 s apart'],
    [30, 'warning', 'this machine is 30 s ahead of the database'],
    [-30, 'warning', 'this machine is 30 s behind the database'],
    [3_600, 'bad', 'this machine is 3600 s ahead of the database'],
  ])('with a clock here that is off by %i s is %s', async (seconds, kind, seen) => {
    const { url } = await asInTheGuide()
    const now = () => Date.now() + seconds * 1_000
    expect(await look('postgres-clock-skew', { url }, { now })).toMatchObject([{ kind, seen }])
  })

  it('does not take a slow answer for a difference', async () => {
    const { url } = await asInTheGuide()
    const start = Date.now()
    // The question seems to have taken two hours, and the clock of the database lies in between.
    const times = [start - 3_600_000, start + 3_600_000]
    expect(await look('postgres-clock-skew', { url }, { now: () => times.shift()! })).toMatchObject([{ kind: 'good' }])
  })
})

describe('postgres-advisory-lock-excludes', () => {
  it.each([
    ['true', 'two connections held the same lock at once'],
    ['false', 'the lock is refused although nobody holds it'],
  ])('is bad where the function answers %s whatever happens', async (answer, seen) => {
    const { url } = await database(
      `create function public.pg_try_advisory_xact_lock(integer, integer) returns boolean language sql as 'select ${answer}';
      do $$ begin execute format('alter database %I set search_path = public, pg_catalog', current_database()); end $$`,
    )
    expect(await look('postgres-advisory-lock-excludes', { url })).toMatchObject([{ kind: 'bad', seen }])
  })

  it('cannot be told by a role that may have one connection only', async () => {
    const { url } = await asInTheGuide()
    await server.query('postgres', 'alter role app connection limit 1')
    try {
      expect(await look('postgres-advisory-lock-excludes', { url })).toMatchObject([
        { kind: 'unknown', seen: expect.stringContaining('a second connection is needed: too many connections') },
      ])
    } finally {
      await server.query('postgres', 'alter role app connection limit -1')
    }
  })
})
