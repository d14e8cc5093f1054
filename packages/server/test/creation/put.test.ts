import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { created, etagOf } from '../../src/index.ts'
import { definePut, type PutSettings, replaced } from '../../src/put.ts'
import { type PostgresServer, startPostgres } from '../stores/postgres-server.ts'
import { askCreation } from './ask-creation.ts'
import { kinds, type Order, type OrderTable, openOrders } from './order-tables.ts'

let server: PostgresServer
let orders: OrderTable
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
afterEach(() => orders.close())

type Changes = Partial<PutSettings<Order, Order, unknown, unknown>>

/** `PUT /orders/{id}` over the table; creates only, unless `replace` is set. */
function putTo(table: OrderTable, changes: Changes = {}) {
  orders = table
  const creation = definePut<Order, Order, unknown>({
    operation: 'putOrder',
    name: 'id',
    store: table.store,
    principal: 'anybody',
    input: z.strictObject({ id: z.string().regex(/^[\w.-]+$/), sku: z.string(), quantity: z.int().positive() }),
    async create(order, { tx }) {
      await table.insert(tx, order)
      return created(order)
    },
    find: (id, { tx }) => table.find(tx, 'id', id),
    duplicates: { policy: 'reject', naturalKey: ['sku'], find: ({ sku }, { tx }) => table.find(tx, 'sku', sku) },
    idempotency: 'optional',
    location: '/orders/{id}',
    etag: etagOf,
    ...changes,
  })
  return (id: string, body: unknown, headers: Record<string, string> = {}) =>
    askCreation(creation, { method: 'PUT', path: `/orders/${id}`, params: { id }, body, headers })
}
const replacing: Changes = {
  async replace(_, order, { tx }) {
    await orders.update(tx, order)
    return replaced(order)
  },
}
const memory = (): Promise<OrderTable> => openOrders('memory', () => server)

const absent = { 'if-none-match': '*' }
const tea = { id: 'a', sku: 'tea', quantity: 1 }
const rest = { sku: 'tea', quantity: 1 }

it('refuses a name that is no setting, and lists those of a PUT too', async () => {
  const table = await memory()
  expect(() => putTo(table, { conditions: 'required' } as Changes)).toThrow(
    /no setting "conditions".*condition$|no setting "conditions".*condition\./,
  )
})

describe.each(kinds)('a PUT over %s', (kind) => {
  const open = (changes?: Changes) => openOrders(kind, () => server).then((table) => putTo(table, changes))

  it('creates under its name: 201 with its own address, and with an ETag where all that is kept was sent', async () => {
    const put = await open()
    const answer = await put('a', tea, absent)
    expect([answer.status, answer.headers['Location'], answer.json]).toEqual([201, '/orders/a', tea])
    expect(answer.headers['ETag']).toBe(etagOf((await orders.all())[0]))
    const other = await put('b', { sku: 'milk', quantity: 1 }, absent)
    expect([other.status, other.json['id'], 'ETag' in other.headers]).toEqual([201, 'b', false])
    expect(await orders.all()).toEqual([tea, { id: 'b', sku: 'milk', quantity: 1 }])
  })

  it('answers 412 where something is, and changes nothing', async () => {
    const put = await open()
    await put('a', tea, absent)
    const again = await put('a', { ...tea, sku: 'coffee' }, absent)
    expect([again.status, again.json['type']]).toEqual([412, '/problems/precondition-failed'])
    // Both unique rules are broken: the name comes first.
    expect((await put('a', tea, absent)).status).toBe(412)
    expect(await orders.all()).toEqual([tea])
  })

  it('has one winner among 20 at once, whose content it is; the others are 412', async () => {
    const put = await open()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => put('a', { sku: `s${at}`, quantity: at + 1 }, absent)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(412)])
    expect(await orders.all()).toEqual([answers.find(({ status }) => status === 201)!.json])
  })

  it('that meets another resource with its natural key is 409, and links it', async () => {
    const put = await open()
    await put('a', tea, absent)
    const other = await put('b', rest, absent)
    expect(other).toMatchObject({ status: 409, json: { fields: ['sku'], existing: '/orders/a' } })
    expect(await orders.all()).toEqual([tea])
  })

  it('whose create throws leaves nothing, and its key is free', async () => {
    let isBroken = true
    const put = await open({
      async create(order, { tx }) {
        await orders.insert(tx, order)
        if (isBroken) throw new Error('power cut')
        return created(order)
      },
    })
    const headers = { ...absent, 'idempotency-key': 'k1' }
    expect((await put('a', tea, headers)).status).toBe(500)
    expect(await orders.all()).toEqual([])
    isBroken = false
    expect((await put('a', tea, headers)).status).toBe(201)
  })

  it('with a key is replayed with its ETag; without one a retry meets its own creation', async () => {
    const put = await open()
    const headers = { ...absent, 'idempotency-key': 'k1' }
    const first = await put('a', tea, headers)
    const retry = await put('a', tea, headers)
    expect([retry.status, retry.body, retry.headers]).toEqual([
      201,
      first.body,
      { ...first.headers, 'Idempotent-Replayed': 'true' },
    ])
    expect((await put('a', tea, absent)).status).toBe(412)
  })

  it('replaces under If-Match once among 20 at once; the others are 412, and no change is lost', async () => {
    const put = await open(replacing)
    const first = await put('a', tea, absent)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        put('a', { ...tea, quantity: at + 2 }, { 'if-match': first.headers['ETag']! }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)])
    expect(await orders.all()).toEqual([answers.find(({ status }) => status === 200)!.json])
  })

  it('without a condition creates once and then replaces, among 20 at once', async () => {
    const put = await open(replacing)
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => put('a', { ...tea, quantity: at + 1 })))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201])
    expect(await orders.all()).toHaveLength(1)
  })
})

describe('the condition of a PUT', () => {
  it('is required where nothing is replaced: 428 names the header, whether something is there or not', async () => {
    const put = putTo(await memory())
    const answers = [await put('a', tea), await put('a', tea, absent), await put('a', tea)]
    expect(answers.map(({ status }) => status)).toEqual([428, 201, 428])
    expect(answers[0]!.json).toMatchObject({
      type: '/problems/precondition-required',
      detail: 'Send If-None-Match: * to create.',
    })
  })

  it('is required of those who replace by the setting: 428 names both headers', async () => {
    const put = putTo(await memory(), { ...replacing, condition: 'required' })
    expect((await put('a', tea)).json['detail']).toMatch(/If-None-Match: \* to create, or If-Match/)
  })

  it('may be left out by the setting: what exists is then 409, since it cannot be replaced', async () => {
    const put = putTo(await memory(), { condition: 'optional' })
    expect((await put('a', tea)).status).toBe(201)
    expect(await put('a', tea)).toMatchObject({ status: 409, json: { fields: ['id'] } })
  })

  it.each([
    // Headers, then the status where nothing is, and where the tag is "<etag>".
    [{ 'if-match': '*' }, 412, 200],
    [{ 'if-match': '"other", <etag>' }, 412, 200],
    [{ 'if-match': '"other"' }, 412, 412],
    [{ 'if-match': 'W/<etag>' }, 412, 412],
    [{ 'if-match': 'etag' }, 412, 412],
    [{ 'if-match': '' }, 412, 412],
    [{ 'if-none-match': '*' }, 201, 412],
    [{ 'if-none-match': ' * ' }, 201, 412],
    [{ 'if-none-match': '<etag>' }, 201, 412],
    [{ 'if-none-match': 'W/<etag>' }, 201, 412],
    [{ 'if-none-match': '"other", , "a,b"' }, 201, 200],
    [{ 'if-none-match': 'etag' }, 412, 412],
    [{ 'if-none-match': '*, "a"' }, 412, 412],
    [{ 'if-match': '<etag>', 'if-none-match': '"other"' }, 412, 200],
    [{ 'if-match': '<etag>', 'if-none-match': '*' }, 412, 412],
  ])('%j is %i where nothing is, and %i where something is', async (sent, free, taken) => {
    const put = putTo(await memory(), replacing)
    const headers = Object.fromEntries(
      Object.entries(sent).map(([name, value]) => [name, value.replace('<etag>', etagOf(tea))]),
    )
    expect((await put('a', { ...tea, quantity: 2 }, headers)).status).toBe(free)
    await orders.store.once(undefined, ({ tx }) => {
      if (free !== 201) orders.insert(tx, tea)
      else orders.update(tx, tea)
      return { kind: 'commit', result: 0, answer: { status: 201, headers: {} } }
    })
    expect((await put('a', { ...tea, quantity: 3 }, headers)).status).toBe(taken)
  })

  it('comes after what is refused without it (RFC 9110 §13.2.1)', async () => {
    const put = putTo(await memory())
    await put('a', tea, absent)
    const statuses = [
      await put('a', '{', absent),
      await put('a', { ...tea, quantity: 0 }, absent),
      await put('a', tea, { ...absent, 'content-type': 'text/plain' }),
      await put('a', tea, { ...absent, accept: 'text/html' }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([400, 400, 415, 406])
  })
})

describe('the name of a PUT', () => {
  it.each([
    ['a body that has another one', 'a', { ...tea, id: 'b' }, 'is not the name in the path'],
    ['what the schema refuses', 'a b', rest, expect.any(String)],
    ['what no address can hold', '..', rest, expect.stringContaining('cannot be part of an address')],
  ])('is refused with the pointer of its member: %s', async (_, id, body, detail) => {
    const put = putTo(await memory())
    expect(await put(id, body, absent)).toMatchObject({ status: 400, json: { errors: [{ pointer: '/id', detail }] } })
    expect(await orders.all()).toEqual([])
  })

  it('need not be repeated in the body, and a body that is no object is refused as it is', async () => {
    const put = putTo(await memory())
    expect((await put('a', rest, absent)).json).toEqual(tea)
    expect(await put('a', [tea], absent)).toMatchObject({ status: 400, json: { errors: [{ pointer: '' }] } })
  })
})

describe('the answer to a PUT', () => {
  it('has no validator where something was added or changed (RFC 9110 §9.3.4)', async () => {
    const put = putTo(await memory(), {
      ...replacing,
      represent: (order) => ({ ...order, price: 5 }),
      create: async (order, { tx }) => {
        await orders.insert(tx, order)
        return created(order, { 'Last-Modified': 'Tue, 24 Nov 2026 20:00:00 GMT' })
      },
    })
    const answers = [await put('a', tea), await put('a', tea)]
    expect(answers.map(({ status }) => status)).toEqual([201, 200])
    for (const { headers } of answers)
      expect(Object.keys(headers).filter((name) => /^(etag|last-modified)$/i.test(name))).toEqual([])
  })

  it('that replaces has its content at Content-Location and no Location; return=minimal makes it 204', async () => {
    const put = putTo(await memory(), replacing)
    await put('a', tea)
    const full = await put('a', { ...tea, quantity: 2 })
    expect([full.status, full.headers]).toEqual([
      200,
      { 'Content-Type': 'application/json', 'Content-Location': '/orders/a', ETag: etagOf(full.json) },
    ])
    const minimal = await put('a', { ...tea, quantity: 3 }, { prefer: 'return=minimal' })
    expect([minimal.status, minimal.body, minimal.headers]).toEqual([
      204,
      undefined,
      { ETag: etagOf({ ...tea, quantity: 3 }), 'Preference-Applied': 'return=minimal' },
    ])
  })

  it('says in its 415 which type is taken', async () => {
    const put = putTo(await memory())
    expect((await put('a', tea, { 'content-type': 'text/plain' })).headers).toMatchObject({
      Accept: 'application/json',
    })
  })
})

describe('the definition of a PUT', () => {
  it.each([
    ['name', { name: '' }],
    ['find', { find: undefined }],
    ['replace', { replace: 5 }],
    ['condition', { condition: 'sometimes' }],
    ['duplicates', { duplicates: { policy: 'return-existing', naturalKey: ['sku'], find: () => undefined } }],
    ['a store that keeps rows and record', { store: { once: () => {}, guarantee: 'leased' }, onCrash: 'block' }],
  ])('refuses what cannot be: %s', async (what, changes) => {
    const table = await memory()
    expect(() => putTo(table, changes as unknown as Changes)).toThrow(what)
  })
})
