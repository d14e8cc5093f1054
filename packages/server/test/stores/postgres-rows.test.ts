import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type StoreEvent, StoreUnavailableError, systemTime } from '../../src/index.ts'
import type { PostgresStore } from '../../src/stores/postgres.ts'
import { startProxy } from './cutting-proxy.ts'
import { answer, claimOf, type OpenedPostgres, openPostgres, type Statements } from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

// What waits for a batch that never comes waits for ever.
vi.setConfig({ testTimeout: 20_000 })

const tables = `
  create table shelf (name text primary key);
  create table author (name text primary key);
  create table book (
    isbn varchar(8) primary key, shelf text references shelf (name), author text references author (name), note text);
  create table listed (isbn text primary key, state text not null default 'new');
  create table stamped (isbn text primary key, stamp text not null);
  create function stamp() returns trigger language plpgsql as $$ begin new.stamp := 'stamped'; return new; end $$;
  create trigger stamp before insert on stamped for each row execute function stamp();
  create table edition (id serial primary key, isbn text not null, author text references author (name));`

let server: PostgresServer
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
beforeEach(async () => {
  opened = await openPostgres(server, { tables })
  await server.query(opened.database, "insert into shelf values ('top')")
})
afterEach(() => opened.close())

type Values = Readonly<Record<string, unknown>>

/** Declares a row under a key, which its result repeats; without a key where it is undefined. */
function declare(
  key: string | undefined,
  values: Values,
  { table = 'book', store = opened.store }: { table?: string; store?: PostgresStore<Statements> } = {},
): ReturnType<typeof insertedOf> {
  return insertedOf(store, key, { table, values })
}
const insertedOf = (
  store: PostgresStore<Statements>,
  key: string | undefined,
  row: { table: string; values: Values },
) =>
  store.insert!(key === undefined ? undefined : claimOf(key), row, (kept) => ({
    kind: 'commit',
    result: `${key} ${JSON.stringify(kept)}`,
    answer: { ...answer, body: `the answer of ${key}` },
  }))

/** In the order in which they were written. */
const written = async (): Promise<string[]> =>
  (await server.query<{ isbn: string }>(opened.database, 'select isbn from book order by ctid')).map(({ isbn }) => isbn)
const recorded = () =>
  server.query<{ key: string; body: string }>(
    opened.database,
    'select key, body from createonce.record order by length(key), key',
  )

/** Somebody else's transaction, which has taken an ISBN and may still give it back. */
async function holding(isbn: string): Promise<{ end(how: 'commit' | 'rollback'): Promise<void> }> {
  const client = new pg.Client(server.config(opened.database))
  await client.connect()
  await client.query('begin')
  await client.query('insert into book (isbn) values ($1)', [isbn])
  return {
    async end(how) {
      await client.query(how)
      await client.end()
    },
  }
}

describe('rows that share a batch', () => {
  it('are each told what became of their own, and recorded under their own key', async () => {
    await declare('k0', { isbn: 'taken' })
    const outcomes = await Promise.all([
      declare('k1', { isbn: 'a' }),
      declare('k2', { isbn: 'b', shelf: 'nowhere' }),
      declare('k3', { isbn: 'c', shelf: 'top' }),
      declare('k4', { isbn: 'taken' }),
      declare('k5', { isbn: 'd' }),
      declare('k6', { isbn: 'e', shelf: 'top', author: 'nobody' }),
      declare('k7', { isbn: 'f', shelf: null, author: null }),
    ])
    expect(outcomes).toMatchObject([
      { kind: 'executed', result: 'k1 {"isbn":"a"}' },
      { kind: 'orphan', fields: ['shelf'] },
      { kind: 'executed', result: 'k3 {"isbn":"c","shelf":"top"}' },
      { kind: 'taken' },
      { kind: 'executed', result: 'k5 {"isbn":"d"}' },
      { kind: 'orphan', fields: ['author'] },
      { kind: 'executed', result: 'k7 {"isbn":"f","shelf":null,"author":null}' },
    ])
    expect((await written()).sort()).toEqual(['a', 'c', 'd', 'f', 'taken'])
    expect(await recorded()).toEqual(
      ['k0', 'k1', 'k3', 'k5', 'k7'].map((key) => ({ key, body: `the answer of ${key}` })),
    )
  })

  it('of one shape are told apart by their place: what one broke, no neighbour is told', async () => {
    await declare('k0', { isbn: 'taken', shelf: 'top', author: null })
    const isbns = ['a', 'taken', 'b', 'c', 'd']
    const outcomes = await Promise.all(
      isbns.map((isbn, index) =>
        declare(`k${index + 1}`, {
          isbn,
          shelf: index === 3 ? 'nowhere' : 'top',
          author: index === 4 ? 'nobody' : null,
        }),
      ),
    )
    expect(outcomes).toMatchObject([
      { kind: 'executed' },
      { kind: 'taken' },
      { kind: 'executed' },
      { kind: 'orphan', fields: ['shelf'] },
      { kind: 'orphan', fields: ['author'] },
    ])
    expect((await recorded()).map(({ key }) => key)).toEqual(['k0', 'k1', 'k3'])
  })

  it('are written in the order of the natural key, however they came', async () => {
    await declare('k0', { isbn: '0' })
    await Promise.all(['c', 'a', 'd', 'b'].map((isbn) => declare(isbn, { isbn })))
    expect(await written()).toEqual(['0', 'a', 'b', 'c', 'd'])
    // With a bad one among them they are written with care, in the same order.
    await Promise.all(['g', 'a', 'h', 'e', 'f'].map((isbn) => declare(`again ${isbn}`, { isbn })))
    expect(await written()).toEqual(['0', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  })

  it('with other columns do not share it, and lose none', async () => {
    await Promise.all([
      declare('k1', { isbn: 'a', note: 'first' }),
      declare('k2', { isbn: 'b' }),
      declare('k3', { isbn: 'c', shelf: 'top' }),
    ])
    const kept = await server.query(opened.database, 'select isbn, shelf, note from book order by isbn')
    expect(kept).toEqual([
      { isbn: 'a', shelf: null, note: 'first' },
      { isbn: 'b', shelf: null, note: null },
      { isbn: 'c', shelf: 'top', note: null },
    ])
  })

  it('are all written, also those that no batch has room for', async () => {
    await declare('k0', { isbn: 'first' })
    const isbns = Array.from({ length: 700 }, (_, index) => String(index).padStart(4, '0'))
    const outcomes = await Promise.all(isbns.map((isbn) => declare(isbn, { isbn })))
    expect(outcomes.map((outcome) => outcome.kind === 'executed' && outcome.result)).toEqual(
      isbns.map((isbn) => `${isbn} {"isbn":"${isbn}"}`),
    )
    expect((await written()).sort()).toEqual([...isbns, 'first'])
    expect(await recorded()).toHaveLength(isbns.length + 1)
  })

  it('that are refused together are halved until only the bad one is left', async () => {
    await declare('k0', { isbn: '0' })
    const isbns = ['a', 'much too long', 'b', 'c', 'd', 'e', 'f', 'g']
    const outcomes = await Promise.allSettled(isbns.map((isbn) => declare(isbn, { isbn })))
    expect(outcomes.map(({ status }) => status)).toEqual(
      isbns.map((isbn) => (isbn === 'much too long' ? 'rejected' : 'fulfilled')),
    )
    expect((await written()).sort()).toEqual(['0', 'a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(await recorded()).toHaveLength(8)
  })
})

describe('rows that are watched', () => {
  it('are told of by the commit that kept them, and so is each batch that was undone, and what was purged', async () => {
    const events: StoreEvent[] = []
    const store = opened.another({ observe: { store: (event) => void events.push(event) } })
    await store.ready()
    await declare('k0', { isbn: '0' }, { store })
    const isbns = ['a', 'much too long', 'b', 'c', '0', 'd', 'e']
    const outcomes = await Promise.allSettled(isbns.map((isbn) => declare(isbn, { isbn }, { store })))
    const kept = outcomes.filter((one) => one.status === 'fulfilled' && one.value.kind === 'executed').length
    expect(kept).toBe(5)
    const told = events.flatMap((event) => (event.kind === 'commit' ? [event.size] : []))
    expect(told.reduce((sum, size) => sum + size, 0)).toBe(1 + kept)
    expect(events).toContainEqual({
      kind: 'retry',
      store: expect.stringContaining('postgres'),
      reason: 'shared-undone',
    })
    await store.purge()
    expect(events.at(-1)).toMatchObject({ kind: 'purge', records: 0 })
    await store.close()
  })
})

describe('a row that waits for a transaction of somebody else', () => {
  it.each(['commit', 'rollback'] as const)('holds up none of its neighbours, and is decided by its %s', async (how) => {
    await declare('k0', { isbn: '0' })
    const other = await holding('held')
    const held = declare('k1', { isbn: 'held' })
    const neighbours = await Promise.all(['a', 'b', 'c'].map((isbn) => declare(isbn, { isbn })))
    expect(neighbours.map(({ kind }) => kind)).toEqual(['executed', 'executed', 'executed'])
    await other.end(how)
    expect((await held).kind).toBe(how === 'commit' ? 'taken' : 'executed')
    expect((await written()).sort()).toEqual(['0', 'a', 'b', 'c', 'held'])
  })

  it('makes no longer queue than is allowed: further ones are told at once', async () => {
    const store = opened.another({ maxWaiting: 3 })
    await store.ready()
    await declare('warm', { isbn: 'warm' }, { store })
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => declare(`k${index}`, { isbn: `b${index}` }, { store })),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual([...Array(3).fill('executed'), ...Array(7).fill('overloaded')])
    expect(await recorded()).toHaveLength(4)
  })
})

describe('a batch whose answer is lost after it was committed', () => {
  it.each(['k1', undefined])(
    'is looked up where there is a key, and unknown where there is none; key: %s',
    async (key) => {
      const proxy = await startProxy(server.port)
      const store = opened.another({ port: proxy.port })
      await store.ready()
      // The connections then know the statement, and the message that is cut is the one with the row.
      await declare('warm', { isbn: 'warm' }, { store })
      let isSent = false
      proxy.rule = (text) => {
        isSent ||= text.includes('needle')
        return 'forward'
      }
      proxy.answerRule = (_, { client }) => {
        if (!isSent) return 'forward'
        proxy.rule = proxy.answerRule = () => 'forward'
        client.destroy()
        return 'drop'
      }
      const inserting = declare(key, { isbn: 'needle' }, { store })
      if (key === undefined) await expect(inserting).rejects.toThrow(StoreUnavailableError)
      else expect(await inserting).toEqual({ kind: 'executed', result: 'k1 {"isbn":"needle"}' })
      expect(await written()).toEqual(['warm', 'needle'])
      await proxy.close()
    },
  )
})

describe('a table', () => {
  it('with a default is asked for what it kept', async () => {
    const inserted = await declare('k1', { isbn: 'a' }, { table: 'listed' })
    expect(inserted).toEqual({ kind: 'executed', result: 'k1 {"isbn":"a","state":"new"}' })
  })

  it('with a trigger is asked for what it kept', async () => {
    const inserted = await declare('k1', { isbn: 'a', stamp: 'given' }, { table: 'stamped' })
    expect(inserted).toEqual({ kind: 'executed', result: 'k1 {"isbn":"a","stamp":"stamped"}' })
  })

  it('that makes its own key names the column of a reference that leads nowhere', async () => {
    const orphan = await declare('k1', { isbn: 'a', author: 'nobody' }, { table: 'edition' })
    expect(orphan).toEqual({ kind: 'orphan', fields: ['author'] })
  })

  it('that is missing is a fault, until it is there', async () => {
    const late = () => declare('k1', { isbn: 'a' }, { table: 'late' })
    await expect(late()).rejects.toThrow('There is no table late')
    await server.query(opened.database, 'create table late (isbn text primary key)')
    expect((await late()).kind).toBe('executed')
    await server.query(opened.database, 'drop table late')
  })

  it('never cuts what is too long for it', async () => {
    await expect(declare('k1', { isbn: 'much too long' })).rejects.toThrow()
    expect(await written()).toEqual([])
  })
})

describe('a row that has broken a batch', () => {
  /** In how many transactions the books of these numbers were written. */
  const transactions = async (prefix: string): Promise<number> => {
    const rows = await server.query<{ count: string }>(
      opened.database,
      `select count(distinct xmin::text) from book where isbn like '${prefix}%'`,
    )
    return Number(rows[0]!.count)
  }
  /** A store whose clock the test moves, while what waits goes on by the real one. */
  let store: PostgresStore<Statements>
  let minutes = 0
  beforeEach(async () => {
    minutes = 0
    store = opened.another({ time: { ...systemTime, now: () => Date.now() + minutes * 60_000 } })
    await declare('first', { isbn: 'first' }, { store })
  })
  const together = async (prefix: string, offender: string) => {
    const neighbours = Array.from({ length: 16 }, (_, index) =>
      declare(`${prefix}${index}`, { isbn: `${prefix}${index}` }, { store }),
    )
    const [outcome] = await Promise.allSettled([declare(offender, { isbn: 'much too long' }, { store }), ...neighbours])
    expect(outcome!.status).toBe('rejected')
  }

  it('breaks none with its retries, as long as it is remembered', async () => {
    await together('a', 'offender')
    expect(await transactions('a')).toBeGreaterThan(1)
    await together('b', 'offender')
    expect(await transactions('b')).toBe(1)
    minutes = 1
    await together('c', 'offender')
    expect(await transactions('c')).toBeGreaterThan(1)
  })

  it('does not take others with it: another key is tried with everybody', async () => {
    await together('a', 'offender')
    await together('b', 'somebody else')
    expect(await transactions('b')).toBeGreaterThan(1)
  })
})
