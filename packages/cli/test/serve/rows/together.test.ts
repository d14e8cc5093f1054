import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../../server/test/stores/postgres-server.ts'
import { openRows } from '../../../src/serve/rows/open-rows.ts'
import type { Place, Rows, State, Table } from '../../../src/serve/rows/rows.ts'
import { type Database, kindsOf, postgresUrl } from './databases.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const { lasting } = kindsOf(() => server)

const people: Table = { name: 'people', ids: 'dealt', naturalKey: [], below: ['pets'] }
const pets: Table = { name: 'pets', ids: 'given', naturalKey: ['name'], below: [] }
const tables = [people, pets]
const top: Place = { owner: '', parents: [] }
const keyed = (...naturalKey: string[]): Table => ({ ...people, naturalKey })

const insert = (rows: Rows<unknown>, table: Table, state: State, id?: string, place = top) =>
  rows.write((tx) => rows.insert(tx, table, place, { ...(id !== undefined && { id }), state }))
const everything = async (rows: Rows<unknown>, table: Table) =>
  (await rows.list(table, top, { filters: [], limit: 10_000 })).rows

describe.each(lasting)('several on one $name', ({ make }) => {
  let database: Database
  beforeEach(async () => {
    database = await make()
  })
  afterEach(() => database.end())

  it('all come up on an empty database at once, and later ones find what is there', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, () => database.open(tables)))
    for (const [n, rows] of opened.entries()) {
      expect(await insert(rows, people, {})).toMatchObject({ kind: 'inserted', row: { id: String(n + 1) } })
    }
    const later = await database.open(tables)
    expect(await everything(later, people)).toHaveLength(4)
  })

  it('never deal one id twice', async () => {
    const both = [await database.open(tables), await database.open(tables)]
    const made = await Promise.all(Array.from({ length: 60 }, (_, n) => insert(both[n % 2]!, people, { n })))
    expect(new Set(made.map(({ row }) => row.id)).size).toBe(60)
    expect(await everything(both[0]!, people)).toHaveLength(60)
  })

  it('make one of many that have the same natural key, and tell all others which', async () => {
    const both = [await database.open(tables), await database.open(tables)]
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, n) => insert(both[n % 2]!, pets, { name: `pet ${n % 10}`, n }, `id ${n}`)),
    )
    const inserted = made.filter(({ kind }) => kind === 'inserted').map(({ row }) => row)
    expect(inserted.map(({ state }) => state['name']).sort()).toEqual(Array.from({ length: 10 }, (_, n) => `pet ${n}`))
    for (const { row } of made) expect(inserted).toContainEqual(row)
    expect(await everything(both[0]!, pets)).toHaveLength(10)
  })

  it('let one of many take a natural key by a replacement, while others insert it', async () => {
    const both = [await database.open(tables), await database.open(tables)]
    for (let n = 0; n < 6; n++) await insert(both[0]!, pets, { name: `old ${n}` }, `id ${n}`)
    const changed = await Promise.all(
      Array.from({ length: 12 }, (_, n) => {
        const rows = both[n % 2]!
        if (n >= 6) return insert(rows, pets, { name: 'wanted' }, `new ${n}`)
        return rows.write((tx) => rows.replace(tx, pets, top, `id ${n}`, { name: 'wanted' }))
      }),
    )
    expect(changed.filter(({ kind }) => kind !== 'taken')).toHaveLength(1)
    const names = (await everything(both[1]!, pets)).map(({ state }) => state['name'])
    expect(names.filter((name) => name === 'wanted')).toHaveLength(1)
  })

  it('do not lose a change where each changes what it has found', async () => {
    const both = [await database.open(tables), await database.open(tables)]
    await insert(both[0]!, people, { count: 0 })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const rows = both[n % 2]!
        return rows.write(async (tx) => {
          const row = await rows.find(tx, people, top, '1')
          await rows.replace(tx, people, top, '1', { count: Number(row!.state['count']) + 1 })
        })
      }),
    )
    expect((await both[0]!.read(people, top, '1'))?.state).toEqual({ count: 20 })
  })

  it('leave nothing below a parent that is deleted while others create below it', async () => {
    const both = [await database.open(tables), await database.open(tables)]
    await insert(both[0]!, people, {})
    const below: Place = { owner: '', parents: ['1'] }
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const rows = both[n % 2]!
        return rows.write(async (tx) => {
          if (n === 10) await rows.remove(tx, people, top, '1')
          else if ((await rows.find(tx, people, top, '1', 'refer')) !== undefined) {
            await rows.insert(tx, pets, below, { id: String(n), state: {} })
          }
        })
      }),
    )
    expect(await both[1]!.list(pets, below, { filters: [], limit: 99 })).toMatchObject({ rows: [], total: 0 })
  })
})

describe.each(lasting)('a table of $name whose natural key changes', ({ make }) => {
  let database: Database
  beforeEach(async () => {
    database = await make()
  })
  afterEach(() => database.end())

  it('is kept by the new one, over more rows than one batch', async () => {
    const before = await database.open([keyed('name')])
    await before.write(async (tx) => {
      for (let n = 0; n < 1_200; n++) {
        await before.insert(tx, keyed('name'), top, { state: { name: `n${n}`, email: `e${n}`, odd: 'a\0b' } })
      }
    })
    const after = await database.open([keyed('email')])
    for (const n of [0, 499, 500, 999, 1_000, 1_199]) {
      const state = { name: 'another', email: `e${n}` }
      expect(await insert(after, keyed('email'), state)).toMatchObject({
        kind: 'taken',
        row: { state: { name: `n${n}` } },
      })
    }
    expect(await insert(after, keyed('email'), { name: 'n0', email: 'new' })).toMatchObject({ kind: 'inserted' })
  })

  it('may get as its new key what is the old one of another row', async () => {
    const before = await database.open([keyed('a')])
    await insert(before, keyed('a'), { a: 'x', b: 'y' })
    await insert(before, keyed('a'), { a: 'y', b: 'x' })
    const after = await database.open([keyed('b')])
    expect(await insert(after, keyed('b'), { b: 'x' })).toMatchObject({ kind: 'taken', row: { id: '2' } })
  })

  it('gets one, and loses it again', async () => {
    const without = await database.open([keyed()])
    await insert(without, keyed(), { a: 1 })
    const withOne = await database.open([keyed('a')])
    expect(await insert(withOne, keyed('a'), { a: 1 })).toMatchObject({ kind: 'taken' })
    const again = await database.open([keyed()])
    expect(await insert(again, keyed(), { a: 1 })).toMatchObject({ kind: 'inserted' })
  })

  it('is left alone where two rows would be the same one, and the start says which', async () => {
    const before = await database.open([keyed('a'), pets])
    for (let n = 1; n <= 7; n++) await insert(before, keyed('a'), { a: n, b: 'same' })
    await insert(before, keyed('a'), { a: 8, b: 'other' })
    await expect(database.open([{ ...pets, naturalKey: ['tag'] }, keyed('b', 'c')])).resolves.toBeDefined()
    const refused = await database.open([{ ...pets, naturalKey: ['name'] }, keyed('b')]).catch((error: Error) => error)
    expect(refused).toMatchObject({ name: 'UsageError' })
    expect((refused as Error).message).toBe(
      'The natural key of the table people is now b, and rows that exist are the same one by it: those with the ids "1", "2", "3", "4", "5" and more. Nothing was changed. Change or delete them, leave the natural key as it was, or name another --store.',
    )
    // The other table of the same start has kept its key too.
    const still = await database.open([{ ...pets, naturalKey: ['tag'] }, keyed('b', 'c')])
    await insert(still, { ...pets, naturalKey: ['tag'] }, { tag: 1 }, 'one')
    expect(await insert(still, { ...pets, naturalKey: ['tag'] }, { tag: 1 }, 'two')).toMatchObject({ kind: 'taken' })
  })

  it('stays as it is while it is not served', async () => {
    const before = await database.open([keyed('a')])
    await insert(before, keyed('a'), { a: 1 })
    await database.open([pets])
    const again = await database.open([keyed('a')])
    expect(await insert(again, keyed('a'), { a: 1 })).toMatchObject({ kind: 'taken', row: { id: '1' } })
  })
})

describe('a reference in PostgreSQL', () => {
  it('is made by any number at once, and while the row is changed; who wants to delete it waits', async () => {
    const database = await lasting[1]!.make()
    const rows = await database.open(tables)
    await insert(rows, people, {})
    const order: string[] = []
    let removal: Promise<unknown> | undefined
    await rows.write(async (tx) => {
      await rows.find(tx, people, top, '1', 'refer')
      // Would wait for ever, were a reference a lock against others.
      await rows.write((other) => rows.find(other, people, top, '1', 'refer'))
      await rows.write((other) => rows.replace(other, people, top, '1', { changed: true }))
      removal = rows.write((other) => rows.remove(other, people, top, '1')).then(() => order.push('removed'))
      await untilSomebodyWaits()
      order.push('referred')
    })
    await removal
    expect(order).toEqual(['referred', 'removed'])
    await database.end()
  })

  async function untilSomebodyWaits(): Promise<void> {
    const text = `select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'`
    while ((await server.query<{ waiting: number }>('postgres', text))[0]!.waiting === 0);
  }
})

describe('a database that cannot be used is told in a sentence', () => {
  const told = (text: string) =>
    openRows(text, tables).then(
      () => 'nothing',
      (error: Error) => `${error.name}: ${error.message}`,
    )

  it('by place and reason, without the password', async () => {
    const url = postgresUrl(server, 'postgres')
    expect(await told(url.replace(':secret@', ':wr0ng-one@'))).toMatch(
      /^UsageError: The database postgres:\/\/127\.0\.0\.1:\d+\/postgres cannot be used: password authentication failed for user "postgres"\. Mend it, or name another one with --store postgres:\/\//,
    )
    expect(await told(url.replace(/postgres$/, 'nowhere'))).toContain('database "nowhere" does not exist')
    expect(await told('postgres://user:s3cret@127.0.0.1:1/shop')).toMatch(/ECONNREFUSED/)
  })

  it.each([
    ['postgres://user:s3cret@127.0.0.1:port/shop', 'The URL of --store cannot be read'],
    ['redis://user:s3cret@localhost', "--store takes sqlite:FILE, postgres://… or memory:, not 'redis:'"],
    ['postgres//user:s3cret@localhost', 'not a text without a scheme'],
    ['shop.db', "not 'shop.db'"],
    ['sqlite::memory:', '--store memory:'],
  ])('%s', async (text, said) => {
    const message = await told(text)
    expect(message).toContain(said)
    expect(message).toMatch(/^UsageError: /)
    expect(message).not.toContain('s3cret')
  })

  it('and one that ends while it is served is unavailable, for reads, lists, transactions and the check', async () => {
    const name = await server.createDatabase('select 1')
    const rows = await openRows(postgresUrl(server, name), tables)
    await server.query('postgres', `alter database ${name} allow_connections false`)
    await server.query('postgres', `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    const unavailable = { name: 'StoreUnavailableError' }
    await expect(rows.check()).rejects.toMatchObject(unavailable)
    await expect(rows.read(people, top, '1')).rejects.toMatchObject(unavailable)
    await expect(rows.list(people, top, { filters: [], limit: 1 })).rejects.toMatchObject(unavailable)
    await expect(rows.write((tx) => rows.find(tx, people, top, '1'))).rejects.toMatchObject(unavailable)
    await rows.close()
  })

  it('a table whose name could not be quoted is a fault of ours', async () => {
    for (const name of ['', 'a"b', 'a.b', 'x'.repeat(61), 'createonce_served']) {
      await expect(openRows('memory:', [{ ...people, name }])).rejects.toThrow(TypeError)
    }
  })
})
