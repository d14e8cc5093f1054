import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../src/index.ts'
import { TransactionLostError } from '../../src/index.ts'
import { createGate } from '../../src/testing/gate.ts'
import {
  answer,
  claimOf,
  drivers,
  insert,
  type OpenedPostgres,
  openPostgres,
  type Statements,
} from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  // Below the lock's timeout of the tests, so that a deadlock is seen first.
  server = await startPostgres(['deadlock_timeout=50ms'])
})
afterAll(() => server.stop())

const tables = `
  create table book (publisher_id int, isbn text, title text, unique (isbn, publisher_id));
  create unique index book_title on book (lower(title)) where publisher_id > 0;
  create table "Odd, Table" ("Publisher Id" int, "a,b)=(c" text, constraint "strange "" name" unique ("Publisher Id", "a,b)=(c"));
  create table room (room int, during int4range, exclude using gist (during with &&));
  create table counter (id int primary key, value int not null);`

let opened: OpenedPostgres
afterEach(() => opened.close())

describe.each(drivers)('over %s, a broken unique rule', (driver) => {
  beforeEach(async () => {
    opened = await openPostgres(server, { driver, tables })
  })

  /** What an attempt of two statements comes to, the second of which breaks a rule. */
  const conflictOf = async (first: string, second = first) => {
    let attempted: unknown
    await opened.creating(async (tx, { attempt }) => {
      await insert(tx, 'before')
      await tx.run(first)
      attempted = await attempt(async () => {
        await insert(tx, 'undone')
        await tx.run(second)
      })
      await insert(tx, 'after')
    })
    expect(await opened.names()).toEqual(['before', 'after'])
    return attempted
  }

  it.each([
    [
      'of several columns, in the order of the rule',
      "insert into book values (1, 'i', 'a')",
      "insert into book values (1, 'i', 'b')",
      ['isbn', 'publisher_id'],
    ],
    [
      'of an expression and a condition',
      "insert into book values (1, 'i', 'A')",
      "insert into book values (1, 'j', 'a')",
      ['publisher_id', 'title'],
    ],
    [
      'with names that need quotes',
      `insert into "Odd, Table" values (1, 'x')`,
      `insert into "Odd, Table" values (1, 'x')`,
      ['Publisher Id', 'a,b)=(c'],
    ],
    ['of a primary key', "insert into thing values (7, 'a')", "insert into thing values (7, 'b')", ['id']],
    ['that excludes', "insert into room values (1, '[1,5)')", "insert into room values (2, '[4,9)')", ['during']],
  ])('names its columns: %s', async (_, first, second, fields) => {
    if (first.includes('thing')) {
      let attempted: unknown
      await opened.creating(async (tx, { attempt }) => {
        await tx.run(first)
        attempted = await attempt(() => tx.run(second))
      })
      expect(attempted).toMatchObject({ kind: 'conflict', fields, error: { code: '23505' } })
    } else expect(await conflictOf(first, second)).toMatchObject({ kind: 'conflict', fields })
  })

  it('costs no further round trip where every creation begins with such a step, and undoes only the step', async () => {
    for (const key of ['k1', 'k2', 'k3']) {
      const claimed = await opened.creating(async (tx, { attempt }) => {
        const attempted = await attempt(async () => {
          await insert(tx, `undone ${key}`)
          await insert(tx, `undone ${key}`)
        })
        expect(attempted).toMatchObject({ kind: 'conflict', fields: ['name'] })
        // And again in the same transaction, now with a savepoint of its own.
        expect(await attempt(() => insert(tx, key))).toMatchObject({ kind: 'done' })
        expect(await attempt(() => insert(tx, key))).toMatchObject({ kind: 'conflict', fields: ['name'] })
      }, key)
      expect(claimed.kind).toBe('executed')
    }
    expect(await opened.names()).toEqual(['k1', 'k2', 'k3'])
  })

  it('that is swallowed inside the step loses the transaction', async () => {
    await opened.create('taken')
    const failing = opened.creating((tx, { attempt }) => attempt(() => insert(tx, 'taken').catch(() => {})))
    await expect(failing).rejects.toThrow(TransactionLostError)
    expect(await opened.keys()).toEqual(['taken'])
  })
})

describe('a broken unique rule', () => {
  it('names its columns also to a role that may not see the values', async () => {
    opened = await openPostgres(server, { isRecycled: false })
    await opened.create('taken')
    await server.query(
      opened.database,
      `create role blind login password 'blind'; grant usage on schema createonce to blind;
      grant select on createonce.migration to blind;
      grant select, insert, delete, update (expires_at) on createonce.record to blind;
      grant insert (name) on thing to blind; grant usage on sequence thing_id_seq to blind`,
    )
    const blind = opened.another({ user: 'blind', password: 'blind' })
    let attempted: { error?: { detail?: unknown } } | undefined
    await opened.creating(
      async (tx, { attempt }) => {
        attempted = (await attempt(() => insert(tx, 'taken'))) as typeof attempted
      },
      'k1',
      blind,
    )
    expect(attempted).toMatchObject({ kind: 'conflict', fields: ['name'] })
    expect(attempted!.error!.detail).toBeUndefined()
  })
})

describe.each(drivers)('over %s, transactions that get in each other’s way', (driver) => {
  beforeEach(async () => {
    opened = await openPostgres(server, { driver, tables, lockMs: 300 })
    await server.query(opened.database, 'insert into counter values (1, 0), (2, 0)')
  })

  it('are run again after a deadlock, and both are kept', async () => {
    let runs = 0
    const both = [createGate(), createGate()]
    const adding = (own: number, other: number) =>
      opened.creating(async (tx) => {
        runs += 1
        await tx.run(`update counter set value = value + 1 where id = ${own}`)
        both[own - 1]!.open()
        await both[other - 1]!.opened
        await tx.run(`update counter set value = value + 1 where id = ${other}`)
      }, `k${own}`)
    const outcomes = await Promise.all([adding(1, 2), adding(2, 1)])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['executed', 'executed'])
    // One of them is run again at least once: on a busy machine its lock may be given up too.
    expect(runs).toBeGreaterThanOrEqual(3)
    expect(await server.query(opened.database, 'select value from counter order by id')).toEqual([
      { value: 2 },
      { value: 2 },
    ])
  })

  it('are run again after a serialization failure, also one that the author hid or swallowed', async () => {
    const serializable = opened.another({ isolation: 'serializable' })
    const inTheWay: ((failing: Promise<unknown>) => Promise<unknown>)[] = [
      (failing) => failing,
      (failing) => failing.catch(() => Promise.reject(new Error('hidden'))),
      (failing) => failing.catch(() => {}),
    ]
    for (const [index, handled] of inTheWay.entries()) {
      let runs = 0
      const claimed = await opened.creating(
        async (tx) => {
          runs += 1
          await tx.run('select value from counter where id = 1')
          if (runs === 1) await server.query(opened.database, 'update counter set value = value + 1 where id = 1')
          await handled(tx.run('update counter set value = value + 10 where id = 1'))
        },
        `k${index}`,
        serializable,
      )
      expect(claimed.kind).toBe('executed')
      expect(runs).toBe(2)
    }
    expect(await server.query(opened.database, 'select value from counter where id = 1')).toEqual([{ value: 33 }])
  })

  it('are overloaded after eight times, and nothing is kept', async () => {
    let runs = 0
    const repeatable = opened.another({ isolation: 'repeatable read', random: () => 0 })
    const claimed = await opened.creating(
      async (tx) => {
        runs += 1
        await insert(tx, `run ${runs}`)
        await server.query(opened.database, 'update counter set value = value + 1 where id = 1')
        await tx.run('update counter set value = 0 where id = 1')
      },
      'k1',
      repeatable,
    )
    expect(claimed).toEqual({ kind: 'overloaded', retryAfterMs: 1_000 })
    expect(runs).toBe(8)
    expect(await opened.names()).toEqual([])
  })

  it('are overloaded when a natural key stays taken by one that does not end, and succeed when it rolled back', async () => {
    const [entered, gate] = [createGate(), createGate()]
    const first = opened.store.once(claimOf('k1'), async ({ tx }: Session<Statements>) => {
      await insert(tx, 'natural')
      entered.open()
      await gate.opened
      return { kind: 'roll-back', result: undefined }
    })
    await entered.opened
    const second = () => opened.creating((tx, { attempt }) => attempt(() => insert(tx, 'natural')), 'k2')
    expect(await second()).toEqual({ kind: 'overloaded', retryAfterMs: 1_000 })
    gate.open()
    await first
    expect(await second()).toMatchObject({ kind: 'executed', result: { kind: 'done' } })
  })
})

describe.each(drivers)('over %s, a create() that takes too long', (driver) => {
  it('is given up after holdMs; its connection is closed and its key is free', async () => {
    opened = await openPostgres(server, { driver, holdMs: 100, max: 2 })
    let late: Promise<unknown> | undefined
    const gate = createGate()
    const failing = opened.creating(async (tx) => {
      await insert(tx, 'early')
      await gate.opened
      late = insert(tx, 'late')
      await late
    })
    await expect(failing).rejects.toThrow('create() held a connection for more than 100 ms')
    await expect(failing).rejects.toThrow(TransactionLostError)
    gate.open()
    await Promise.resolve()
    await expect(late).rejects.toThrow('This transaction has ended')
    // The old backend may take a moment to notice.
    let retry = await opened.create('k1')
    while (retry.kind === 'in-flight') retry = await opened.create('k1')
    expect(retry.kind).toBe('executed')
    expect(await opened.names()).toEqual(['k1'])
  })

  it('is bounded by the database too: statements, locks and idleness, inside the transaction only', async () => {
    opened = await openPostgres(server, { driver, holdMs: 900, statementMs: 800, lockMs: 700, idleMs: 1_000, max: 2 })
    const shown = 'select name, setting from pg_settings where name in ($1, $2, $3) order by name'
    const names = ['idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout']
    const settings = ['1000', '700', '800']
    await opened.creating(async (tx) => {
      const rows = await tx.run(shown, names)
      expect(rows.map(({ setting }) => setting)).toEqual(settings)
    })
    const slow = opened.creating((tx) => tx.run('select pg_sleep(5)'), 'slow')
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    await expect(slow).rejects.not.toThrow(TransactionLostError)
    expect((await opened.create('k2')).kind).toBe('executed')
  })
})

describe('the isolation of the transaction', () => {
  it.each(['read committed', 'repeatable read', 'serializable'] as const)(
    'is %s, whatever the database has as its default',
    async (isolation) => {
      opened = await openPostgres(server, { isolation, isRecycled: false })
      await server.query(
        opened.database,
        `do $$ begin execute format('alter database %I set default_transaction_isolation = "repeatable read"', current_database());
      execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`,
      )
      await opened.creating(async (tx) => {
        expect(await tx.run('show transaction_isolation')).toEqual([{ transaction_isolation: isolation }])
        await insert(tx, 'written')
      })

      expect(await opened.store.once(claimOf('k1'), async () => ({ kind: 'commit', result: 1, answer }))).toMatchObject(
        { kind: 'recorded' },
      )
    },
  )
})
