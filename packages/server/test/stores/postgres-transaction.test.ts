import type pg from 'pg'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError, TransactionLostError } from '../../src/index.ts'
import { postgresStore } from '../../src/stores/postgres.ts'
import { createGate } from '../../src/testing/gate.ts'
import {
  answer,
  claimOf,
  drivers,
  insert,
  type OpenedPostgres,
  openPostgres,
  type Statements,
  swallowing,
} from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const tables = `
  create table child (name text references thing (name) deferrable initially deferred);
  create table serial_thing (name text unique deferrable initially deferred);
  create procedure finish() language plpgsql as $$ begin commit; end $$;`

describe.each(drivers)('over %s, the end of the transaction', (driver) => {
  let opened: OpenedPostgres
  beforeEach(async () => {
    opened = await openPostgres(server, { driver, tables })
  })
  afterEach(() => opened.close())

  it.each(['commit', 'rollback', 'begin', '/* a /* b */ */ end', 'rollback to createonce_attempt'])(
    'is refused to the author: %s',
    async (sql) => {
      const failing = opened.creating(async (tx) => {
        await insert(tx, 'early')
        await tx.run(sql)
      })
      await expect(failing).rejects.toThrow(/create\(\) must not run [A-Z]+: the library ends the transaction/)
      expect(await opened.names()).toEqual([])
      expect(await opened.keys()).toEqual([])
    },
  )

  it.each([
    ["insert into thing (name) values ('first'); commit", 'cannot insert multiple commands'],
    ['; ; select 1; rollback; begin', 'cannot insert multiple commands'],
    ['call finish()', 'invalid transaction termination'],
    ['do $$ begin commit; end $$', 'invalid transaction termination'],
  ])('does not hide behind another statement: %s', async (sql, message) => {
    await expect(
      opened.creating(async (tx) => {
        await insert(tx, 'early')
        await tx.run(sql)
      }),
    ).rejects.toThrow(message)
    expect(await opened.names()).toEqual([])
    expect((await opened.create('k1')).kind).toBe('executed')
  })

  it('ends the handle: what comes later fails, and never lands in the next transaction on the connection', async () => {
    const single = opened.another({ max: 2 })
    let kept!: Statements
    await opened.creating(
      (tx) => {
        kept = tx
      },
      'k1',
      single,
    )
    const [entered, gate] = [createGate(), createGate()]
    const all = ['k2', 'k3'].map((key) =>
      opened.creating(
        async (tx) => {
          await insert(tx, key)
          if (key === 'k3') entered.open()
          await gate.opened
        },
        key,
        single,
      ),
    )
    await entered.opened
    await expect(insert(kept, 'late')).rejects.toThrow('This transaction has ended')
    gate.open()
    await Promise.all(all)
    expect((await opened.names()).sort()).toEqual(['k2', 'k3'])
  })

  it('leaves savepoints to the author', async () => {
    await opened.creating(async (tx) => {
      await insert(tx, 'before')
      await tx.run('savepoint mine')
      await insert(tx, 'undone')
      await tx.run('rollback to savepoint mine')
      await tx.run('release mine')
      await insert(tx, 'after')
    })
    expect(await opened.names()).toEqual(['before', 'after'])
  })
})

describe.each(drivers)('over %s, a statement that fails', (driver) => {
  let opened: OpenedPostgres
  beforeEach(async () => {
    opened = await openPostgres(server, { driver, tables })
    await opened.create('taken')
  })
  afterEach(() => opened.close())

  it('is not acknowledged though its error is swallowed, with a key and without one', async () => {
    const step = async (tx: Statements) => {
      await insert(tx, 'before')
      await swallowing(() => insert(tx, 'taken'))
    }
    await expect(opened.creating(step)).rejects.toThrow(TransactionLostError)
    await expect(opened.creating(step)).rejects.toMatchObject({ cause: { code: '23505' } })
    const withoutKey = opened.store.once(undefined, async ({ tx }) => {
      await step(tx)
      return { kind: 'commit', result: 'created', answer }
    })
    await expect(withoutKey).rejects.toThrow(TransactionLostError)
    expect(await opened.names()).toEqual(['taken'])
    expect(await opened.keys()).toEqual(['taken'])
  })

  it('names the first error where later ones only follow from it', async () => {
    const failing = opened.creating(async (tx) => {
      await swallowing(() => insert(tx, 'taken'))
      await insert(tx, 'behind it')
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    await expect(failing).rejects.toMatchObject({ cause: { code: '23505' } })
  })

  it('that is decided not to be kept is a plain roll-back', async () => {
    const refused = opened.store.once(claimOf('k1'), async ({ tx }) => {
      await swallowing(() => insert(tx, 'taken'))
      return { kind: 'roll-back', result: 'refused' }
    })
    expect(await refused).toEqual({ kind: 'executed', result: 'refused' })
    expect((await opened.create('k1')).kind).toBe('executed')
  })

  it('at the commit, for a parent that never came or a deferred rule, is a fault of the rows', async () => {
    for (const sql of ["insert into child values ('nobody')", "insert into serial_thing values ('a'), ('a')"]) {
      const failing = opened.creating((tx) => tx.run(sql))
      await expect(failing).rejects.toMatchObject({ code: expect.stringMatching(/^2350[35]$/) })
      await expect(failing).rejects.not.toThrow(StoreUnavailableError)
    }
    expect(await opened.keys()).toEqual(['taken'])
    expect((await opened.create('k1')).kind).toBe('executed')
  })

  it('without being awaited takes the creation with it, and the process stays up', async () => {
    const failing = opened.creating(async (tx) => {
      await insert(tx, 'before')
      void insert(tx, 'taken').catch(() => {})
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    expect(await opened.names()).toEqual(['taken'])
  })

  it('does not, not awaited either, when it works: it belongs to the transaction', async () => {
    await opened.creating((tx) => {
      void insert(tx, 'one')
      void insert(tx, 'two')
    })
    expect(await opened.names()).toEqual(['taken', 'one', 'two'])
  })
})

describe('a query of pg that nobody awaits', () => {
  it('and that fails does not end the process', async () => {
    const opened = await openPostgres(server)
    const failing = opened.creating((tx) => void (tx.tx as pg.PoolClient).query('nonsense'))
    await expect(failing).rejects.toThrow(TransactionLostError)
    await opened.close()
  })
})

describe('the handle of pg', () => {
  let opened: OpenedPostgres
  beforeEach(async () => {
    opened = await openPostgres(server)
  })
  afterEach(() => opened.close())
  const using = (step: (client: pg.PoolClient) => unknown) => opened.creating((tx) => step(tx.tx as pg.PoolClient))

  it('stays on loan when the author or a query builder releases it', async () => {
    await using(async (client) => {
      client.release()
      await client.query("insert into thing (name) values ('after release')")
      client.release(true)
      client.release()
    })
    expect(await opened.names()).toEqual(['after release'])
    expect((await opened.create('k2')).kind).toBe('executed')
  })

  it('cannot be ended or connected anew', async () => {
    await expect(using((client) => client.end())).rejects.toThrow('neither open nor close')
    await expect(using((client) => client.connect())).rejects.toThrow('neither open nor close')
    expect((await opened.create('k2')).kind).toBe('executed')
  })

  it('takes queries in every form that pg has: text, values, configuration, names, callbacks, arrays', async () => {
    await using(async (client) => {
      await client.query("insert into thing (name) values ('text')")
      await client.query('insert into thing (name) values ($1)', ['values'])
      await client.query({ text: 'insert into thing (name) values ($1)', values: ['configuration'] })
      for (const name of ['named 1', 'named 2'])
        await client.query({ name: 'add', text: 'insert into thing (name) values ($1)' }, [name])
      await new Promise<void>((resolve, reject) =>
        client.query('insert into thing (name) values ($1)', ['callback'], (error) =>
          error ? reject(error) : resolve(),
        ),
      )
      const { rows } = await client.query({ text: 'select name from thing order by id', rowMode: 'array' })
      expect(rows.flat()).toEqual(['text', 'values', 'configuration', 'named 1', 'named 2', 'callback'])
      await expect(
        new Promise((resolve, reject) =>
          client.query('commit', (error: Error, result: unknown) => (error ? reject(error) : resolve(result))),
        ),
      ).rejects.toThrow('must not run COMMIT')
    })
    expect(await opened.keys()).toEqual(['k1'])
  })

  it.each(['k1', undefined])('that somebody went around to commit is not acknowledged; key: %s', async (key) => {
    const claim = key === undefined ? undefined : claimOf(key)
    const failing = opened.store.once(claim, async ({ tx }) => {
      const client = tx.tx as pg.PoolClient
      await client.query("insert into thing (name) values ('early')")
      // The client behind the handle, as a plug-in of the driver might reach it.
      await (Object.getPrototypeOf(client) as pg.PoolClient).query('commit; begin')
      await client.query("insert into thing (name) values ('late')")
      return { kind: 'commit', result: undefined, answer }
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    expect(await opened.names()).toEqual(['early'])
    expect(await opened.keys()).toEqual([])
  })

  it('sends what is asked for at once one after the other, in order', async () => {
    await using((client) =>
      Promise.all(['a', 'b', 'c'].map((name) => client.query('insert into thing (name) values ($1)', [name]))),
    )
    expect(await opened.names()).toEqual(['a', 'b', 'c'])
  })
})

describe('a pool of postgres.js', () => {
  it('can be ended at once after a connection of it was closed in doubt', async () => {
    const opened = await openPostgres(server, { driver: 'postgres.js' })
    await opened.store.ready()
    const sql = postgres({ ...server.config(opened.database), onnotice: () => {} })
    const store = postgresStore({ sql })
    // The first record is prepared and written in one message; where that fails, nobody knows what is prepared.
    const failing = store.once(claimOf('k1'), async ({ tx }) => {
      await swallowing(() => tx`nonsense`)
      return { kind: 'commit', result: undefined, answer }
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    await store.close()
    await sql.end()
    await opened.close()
  }, 10_000)
})

describe('the handle of postgres.js', () => {
  let opened: OpenedPostgres
  beforeEach(async () => {
    opened = await openPostgres(server, { driver: 'postgres.js' })
  })
  afterEach(() => opened.close())
  const using = (step: (sql: postgres.ReservedSql) => unknown) =>
    opened.creating((tx) => step(tx.tx as postgres.ReservedSql))

  it('takes templates, fragments, helpers and several queries at once', async () => {
    await using(async (sql) => {
      await sql`insert into thing ${sql({ name: 'helper' })}`
      const column = sql`name`
      await Promise.all([
        sql`insert into thing (${column}) values (${'fragment'})`,
        sql`insert into ${sql('thing')} (name) values (${'identifier'})`,
      ])
      expect(await sql`select name from thing where name in ${sql(['helper', 'fragment'])}`).toHaveLength(2)
      expect(await sql`select ${sql.json({ a: 1 })}::json as value`).toMatchObject([{ value: { a: 1 } }])
      sql.release()
      expect(await sql`select 1 as one`.values()).toEqual([[1]])
    })
    expect((await opened.names()).sort()).toEqual(['fragment', 'helper', 'identifier'])
  })

  it.each([
    (sql: postgres.ReservedSql) => sql`commit`,
    (sql: postgres.ReservedSql) => sql`commit`.simple(),
    (sql: postgres.ReservedSql) => sql`${sql`commit`}`,
    (sql: postgres.ReservedSql) => sql` ${sql.unsafe('commit')}`,
    (sql: postgres.ReservedSql) => sql.unsafe('commit'),
  ])('refuses to end the transaction, way %#', async (step) => {
    await expect(using(step)).rejects.toThrow('must not run COMMIT')
    expect(await opened.keys()).toEqual([])
  })

  it.each([
    (sql: postgres.ReservedSql) => sql`select 1; commit`.simple(),
    (sql: postgres.ReservedSql) => sql.unsafe('select 1; commit'),
    (sql: postgres.ReservedSql) => sql.unsafe('select 1; commit', [], { simple: true } as object),
  ])('takes one statement at a time, way %#', async (step) => {
    await expect(using(step)).rejects.toThrow('cannot insert multiple commands')
    expect(await opened.keys()).toEqual([])
  })
})
