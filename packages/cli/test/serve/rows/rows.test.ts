import { randomBytes } from 'node:crypto'
import { InputRefusedError } from '@createonce/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../../server/test/stores/postgres-server.ts'
import type { ListQuery, Place, Rows, State, Table } from '../../../src/serve/rows/rows.ts'
import { type Database, kindsOf } from './databases.ts'
import { describeModel } from './model-suite.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const { all } = kindsOf(() => server)

const shops: Table = { name: 'shops', ids: 'given', naturalKey: ['name'], below: ['orders', 'lines'] }
const orders: Table = { name: 'orders', ids: 'dealt', naturalKey: [], below: ['lines'] }
const lines: Table = { name: 'lines', ids: 'dealt', naturalKey: ['sku', 'size'], below: [] }
const tables = [shops, orders, lines]

const at = (...parents: string[]): Place => ({ owner: 'ada', parents })
const top = at()

describe.each(all)('resources in $name', ({ make }) => {
  let database: Database
  let rows: Rows<unknown>
  beforeEach(async () => {
    database = await make()
    rows = await database.open(tables)
  })
  afterEach(() => database.end())

  const insert = (table: Table, place: Place, state: State, id?: string) =>
    rows.write((tx) => rows.insert(tx, table, place, { ...(id !== undefined && { id }), state }))
  const ids = async (table: Table, place: Place, query: Partial<ListQuery> = {}) =>
    (await rows.list(table, place, { filters: [], limit: 100, ...query })).rows.map(({ id }) => id)
  const filtered = (member: string, value: string) => ids(orders, top, { filters: [{ member, value }] })

  it('are read as they were inserted, with the members in their order', async () => {
    const state = { z: 1, a: [true, null, 1.5e300, { é: '"\\' }], '2': 'two', ['__proto__']: { x: 1 } }
    const inserted = await insert(shops, top, state, 'one')
    expect(inserted).toEqual({ kind: 'inserted', row: { id: 'one', seq: 1, state } })
    const read = await rows.read(shops, top, 'one')
    expect(JSON.stringify(read?.state)).toBe(JSON.stringify(state))
  })

  it('keep what databases have no place for, apart from each other: U+0000, lone surrogates, and the escape for them', async () => {
    const odd = [
      'a\0b',
      'a\uD800b',
      'a\uDC00b',
      'a\uFDD00000b',
      'a\uFDD0',
      'a\\u0000b',
      'a\\\0',
      'a😀',
      'a\'"b',
      'a.b',
      '',
    ]
    for (const text of odd) {
      const state = { [text]: text, name: text, list: [{ text }] }
      expect(await insert(shops, top, state, text)).toMatchObject({ kind: 'inserted', row: { id: text } })
    }
    for (const text of odd) {
      expect(await rows.read(shops, top, text)).toMatchObject({ id: text, state: { [text]: text, list: [{ text }] } })
      for (const member of ['name', text, 'id']) {
        expect(await ids(shops, top, { filters: [{ member, value: text }] }), JSON.stringify([member, text])).toEqual([
          text,
        ])
      }
    }
  })

  it('are refused where their id is too long to be found by, as invalid input of the member that has it', async () => {
    const longest = 'ü'.repeat(1_140)
    expect(await insert(shops, top, {}, longest)).toMatchObject({ kind: 'inserted' })
    expect(await rows.read(shops, top, longest)).toMatchObject({ id: longest })
    // Random, since PostgreSQL compresses what repeats itself.
    const long = randomBytes(2_000).toString('base64')
    const refused = await insert(shops, top, {}, long).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InputRefusedError)
    const { find } = refused as InputRefusedError
    expect(find({ name: 'x', code: long })).toMatchObject([{ path: ['code'] }])
    expect(find({ name: 'x' })).toMatchObject([{ path: [] }])
    expect(find('x')[0]?.message).toContain('at most 2300')
    const incompressible = randomBytes(1_710).toString('base64')
    expect(incompressible).toHaveLength(2_280)
    expect(await insert(shops, top, {}, incompressible)).toMatchObject({ kind: 'inserted' })
    const name = randomBytes(200).toString('base64')
    expect(await insert(shops, at(incompressible), { name }, '1')).toMatchObject({ kind: 'inserted' })
    await expect(insert(orders, at(incompressible, 'more than that'), {})).rejects.toThrow(InputRefusedError)
  })

  it('get ids from 1 in each table where the database deals them', async () => {
    expect(await insert(orders, at('x'), {})).toMatchObject({ row: { id: '1' } })
    expect(await insert(orders, at('y'), {})).toMatchObject({ row: { id: '2' } })
    expect(await insert(lines, at('x', '1'), {})).toMatchObject({ row: { id: '1' } })
  })

  it('never get the id of one that was deleted', async () => {
    await insert(orders, top, {})
    await rows.write((tx) => rows.remove(tx, orders, top, '1'))
    expect(await insert(orders, top, {})).toMatchObject({ row: { id: '2' } })
  })

  it('get an id that nobody has, where clients gave ids before', async () => {
    for (const id of ['1', '2', 'three']) await insert({ ...orders, ids: 'given' }, top, { id }, id)
    const dealt = await insert(orders, top, {})
    expect(['1', '2', 'three']).not.toContain(dealt.row.id)
    expect(dealt).toMatchObject({ kind: 'inserted', row: { id: String(dealt.row.seq) } })
  })

  it('are not inserted where the id is taken, which says who has it', async () => {
    await insert(shops, top, { name: 'first' }, 'one')
    expect(await insert(shops, top, { name: 'second' }, 'one')).toEqual({
      kind: 'taken',
      by: 'id',
      row: { id: 'one', seq: 1, state: { name: 'first' } },
    })
  })

  it('are not inserted where the natural key is taken, which says who has it, and the transaction goes on', async () => {
    await insert(shops, top, { name: 'first' }, 'one')
    const done = await rows.write(async (tx) => {
      const taken = await rows.insert(tx, shops, top, { id: 'two', state: { name: 'first' } })
      const other = await rows.insert(tx, shops, top, { id: 'three', state: { name: 'third' } })
      return [taken, other.kind]
    })
    expect(done).toEqual([
      { kind: 'taken', by: 'natural-key', row: { id: 'one', seq: 1, state: { name: 'first' } } },
      'inserted',
    ])
    expect(await ids(shops, top)).toEqual(['three', 'one'])
  })

  it('are the same one by all members of the natural key, compared as JSON, however long they are', async () => {
    // Random, since PostgreSQL compresses what repeats itself.
    const long = randomBytes(6_000).toString('base64')
    await insert(lines, top, { sku: { a: 1, b: [2] }, size: 1 })
    await insert(lines, top, { sku: long, size: 1 })
    expect(await insert(lines, top, { sku: { b: [2], a: 1 }, size: 1 })).toMatchObject({ kind: 'taken' })
    expect(await insert(lines, top, { sku: long, size: 1 })).toMatchObject({ kind: 'taken' })
    for (const state of [
      { sku: { b: [2], a: 1 }, size: '1' },
      { sku: `${long}y`, size: 1 },
      { sku: null, size: 1 },
    ]) {
      expect(await insert(lines, top, state)).toMatchObject({ kind: 'inserted' })
    }
  })

  it('are never the same one where a member of the natural key is absent', async () => {
    for (let turn = 0; turn < 2; turn++)
      expect(await insert(lines, top, { sku: 'a' })).toMatchObject({ kind: 'inserted' })
  })

  it('are seen from their own place only', async () => {
    const places = [
      top,
      { owner: 'bob', parents: [] },
      { owner: '', parents: [] },
      at('a'),
      at('a', 'b'),
      at('a,b'),
      at('["a"]'),
    ]
    for (const place of places)
      expect(await insert(shops, place, { name: 'same' }, 'same')).toMatchObject({ kind: 'inserted' })
    for (const place of places) expect((await rows.list(shops, place, { filters: [], limit: 9 })).total).toBe(1)
    expect(await rows.read(shops, at('b'), 'same')).toBeUndefined()
    expect(await rows.write((tx) => rows.remove(tx, shops, at('b'), 'same'))).toBe(false)
    expect(await rows.write((tx) => rows.replace(tx, shops, at('b'), 'same', {}))).toEqual({ kind: 'missing' })
  })

  it('are replaced, and keep their number', async () => {
    await insert(shops, top, { name: 'first' }, 'one')
    const done = await rows.write((tx) => rows.replace(tx, shops, top, 'one', { name: 'other' }))
    expect(done).toEqual({ kind: 'replaced', row: { id: 'one', seq: 1, state: { name: 'other' } } })
    expect(await rows.read(shops, top, 'one')).toEqual(done.kind === 'replaced' ? done.row : undefined)
    expect(await insert(shops, top, { name: 'first' }, 'two')).toMatchObject({ kind: 'inserted' })
    expect(await insert(shops, top, { name: 'other' }, 'three')).toMatchObject({ kind: 'taken', row: { id: 'one' } })
  })

  it('are replaced by a state with the same natural key, and by one without any', async () => {
    await insert(shops, top, { name: 'first' }, 'one')
    for (const state of [{ name: 'first', note: 'x' }, { note: 'y' }, { name: 'first' }]) {
      expect(await rows.write((tx) => rows.replace(tx, shops, top, 'one', state))).toMatchObject({ kind: 'replaced' })
      expect((await rows.read(shops, top, 'one'))?.state).toEqual(state)
    }
  })

  it('are not replaced where the natural key is taken, and the transaction goes on', async () => {
    await insert(shops, top, { name: 'first' }, 'one')
    await insert(shops, top, { name: 'second' }, 'two')
    const done = await rows.write(async (tx) => {
      const taken = await rows.replace(tx, shops, top, 'two', { name: 'first' })
      await rows.insert(tx, shops, top, { id: 'three', state: {} })
      return taken
    })
    expect(done).toEqual({ kind: 'taken', row: { id: 'one', seq: 1, state: { name: 'first' } } })
    expect((await rows.read(shops, top, 'two'))?.state).toEqual({ name: 'second' })
    expect((await rows.list(shops, top, { filters: [], limit: 9 })).total).toBe(3)
  })

  it('are deleted with all that lies below them, at any depth, and with nothing else', async () => {
    for (const [owner, shop] of [
      ['ada', 'a'],
      ['ada', 'b'],
      ['ada', 'a","b'],
      ['bob', 'a'],
    ] as const) {
      await insert(shops, { owner, parents: [] }, {}, shop)
      await insert({ ...orders, ids: 'given' }, { owner, parents: [shop] }, {}, 'o')
      await insert(lines, { owner, parents: [shop, 'o'] }, {})
    }
    expect(await rows.write((tx) => rows.remove(tx, shops, top, 'a'))).toBe(true)
    expect(await rows.write((tx) => rows.remove(tx, shops, top, 'a'))).toBe(false)
    const left = async (owner: string, shop: string) => {
      const total = async (table: Table, ...parents: string[]) =>
        (await rows.list(table, { owner, parents }, { filters: [], limit: 9 })).total
      return [await total(orders, shop), await total(lines, shop, 'o')]
    }
    expect(await left('ada', 'a')).toEqual([0, 0])
    expect(await left('ada', 'b')).toEqual([1, 1])
    expect(await left('ada', 'a","b')).toEqual([1, 1])
    expect(await left('bob', 'a')).toEqual([1, 1])
  })

  it('leave nothing behind when the transaction is undone', async () => {
    await insert(shops, top, { name: 'kept' }, 'kept')
    const failing = rows.write(async (tx) => {
      await rows.insert(tx, shops, top, { id: 'lost', state: { name: 'lost' } })
      await rows.replace(tx, shops, top, 'kept', { name: 'changed' })
      await rows.remove(tx, shops, top, 'kept')
      throw new Error('Undone on purpose.')
    })
    await expect(failing).rejects.toThrow('Undone on purpose.')
    expect(await ids(shops, top)).toEqual(['kept'])
    expect((await rows.read(shops, top, 'kept'))?.state).toEqual({ name: 'kept' })
  })

  it('are committed together with the record of a key', async () => {
    const claim = { scope: 'ada createOrder', key: 'k', fingerprint: '1:f', retentionMs: 60_000 }
    const create = () =>
      rows.store.once(claim, async ({ tx }) => {
        const { row } = await rows.insert(tx, orders, top, { state: {} })
        return { kind: 'commit', result: row.id, answer: { status: 201, headers: { Location: `/orders/${row.id}` } } }
      })
    expect(await create()).toEqual({ kind: 'executed', result: '1' })
    expect(await create()).toMatchObject({ kind: 'recorded', answer: { headers: { Location: '/orders/1' } } })
    expect(await ids(orders, top)).toEqual(['1'])
  })

  it('are found in the transaction that has changed them, whether to be changed or to be referred to', async () => {
    const found = await rows.write(async (tx) => {
      await rows.insert(tx, shops, top, { id: 'one', state: { name: 'x' } })
      return [
        await rows.find(tx, shops, top, 'one'),
        await rows.find(tx, shops, top, 'one', 'refer'),
        await rows.find(tx, shops, top, 'two'),
      ]
    })
    const one = { id: 'one', seq: 1, state: { name: 'x' } }
    expect(found).toEqual([one, one, undefined])
  })

  it('are listed newest first, in pages that neither skip nor repeat one when others are made meanwhile', async () => {
    for (let n = 1; n <= 5; n++) await insert(orders, top, { n })
    const first = await rows.list(orders, top, { filters: [], limit: 2 })
    expect(first).toMatchObject({ rows: [{ id: '5' }, { id: '4' }], hasMore: true, total: 5 })
    await insert(orders, top, { n: 6 })
    const second = await rows.list(orders, top, { filters: [], limit: 2, before: first.rows.at(-1)!.seq })
    expect(second).toMatchObject({ rows: [{ id: '3' }, { id: '2' }], hasMore: true, total: 6 })
    const third = await rows.list(orders, top, { filters: [], limit: 2, before: second.rows.at(-1)!.seq })
    expect(third).toMatchObject({ rows: [{ id: '1' }], hasMore: false, total: 6 })
    expect(await ids(orders, top, { offset: 4 })).toEqual(['2', '1'])
    expect(await rows.list(orders, top, { filters: [], limit: 2, offset: 9 })).toEqual({
      rows: [],
      hasMore: false,
      total: 6,
    })
  })

  it('are filtered by members that are equal to the text of a URL', async () => {
    for (const v of [5, '5', 5.5, '5.0', true, 'true', null, 'null', [5], { a: 5 }, -0, 1e21, '', 2 ** 60])
      await insert(orders, top, { v })
    await insert(orders, top, { other: 5 })
    expect(await filtered('v', '5')).toEqual(['2', '1'])
    expect(await filtered('v', '5.0')).toEqual(['4', '1'])
    expect(await filtered('v', '5.5')).toEqual(['3'])
    expect(await filtered('v', 'true')).toEqual(['6', '5'])
    expect(await filtered('v', 'null')).toEqual(['8', '7'])
    expect(await filtered('v', '0')).toEqual(['11'])
    expect(await filtered('v', '1000000000000000000000')).toEqual(['12'])
    expect(await filtered('v', '')).toEqual(['13'])
    for (const value of ['1152921504606846976', '1152921504606847000', '1.152921504606847e18']) {
      expect(await filtered('v', value), value).toEqual(['14'])
    }
    for (const value of [
      '[5]',
      '1',
      'TRUE',
      '5 ',
      '0x5',
      'NaN',
      'Infinity',
      '1e999',
      'integer',
      'array',
      'object',
      'text',
    ]) {
      expect(await filtered('v', value), value).toEqual([])
    }
  })

  it('are filtered by several members at once, and counted so', async () => {
    for (const [a, b] of [
      [1, 1],
      [1, 2],
      [2, 1],
      [1, 1],
    ]) {
      await insert(orders, top, { a, b })
    }
    const filters = ['a', 'b'].map((member) => ({ member, value: '1' }))
    expect(await rows.list(orders, top, { filters, limit: 1 })).toMatchObject({
      rows: [{ id: '4' }],
      hasMore: true,
      total: 2,
    })
  })

  it('say that the database answers, and where it is, without a password', async () => {
    await rows.check()
    expect(rows.where).not.toBe('')
    expect(rows.where).not.toContain('secret')
  })
})

// A run on PostgreSQL is some hundred round trips; many more runs are in model.long.test.ts.
describe.each(all)('resources in $name', (kind) => {
  describeModel(kind, kind.name === 'PostgreSQL' ? 10 : 30)
})
