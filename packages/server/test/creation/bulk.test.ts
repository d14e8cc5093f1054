import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inBulk } from '../../src/bulk.ts'
import {
  type Creation,
  type CreationSettings,
  created,
  defineCreation,
  etagOf,
  invalid,
  parentNotFound,
} from '../../src/index.ts'
import { createGate } from '../../src/testing/gate.ts'
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

interface Input {
  readonly sku: string
  readonly quantity: number
}
type Settings = Extract<CreationSettings<Input, Order, unknown, unknown>, { create: unknown; onCrash?: never }>
type Changes = Partial<Settings>

const input = z.strictObject({ sku: z.string().min(1), quantity: z.int().positive() })
const reject = (table: OrderTable): Settings['duplicates'] => ({
  policy: 'reject',
  naturalKey: ['sku'],
  find: ({ sku }, { tx }) => table.find(tx, 'sku', sku),
})
const returnExisting = (table: OrderTable): Settings['duplicates'] => ({
  policy: 'return-existing',
  naturalKey: ['sku'],
  find: ({ sku }, { tx }) => table.find(tx, 'sku', sku),
})

const NO_SHELF = { description: 'No shelf.', content: { 'application/problem+json': {} } }

/** The single creation over the table, and its bulk form for at most 50 items. The sku decides the id, for the eye. */
function over(table: OrderTable, changes: Changes = {}, maxItems = 50) {
  orders = table
  const single = defineCreation<Input, Order, unknown, unknown, 'transactional'>({
    operation: 'createOrder',
    store: table.store,
    // A declared row may refer to another, and documents it by itself.
    ...(!('insert' in changes) && { openapi: { responses: { 404: NO_SHELF } } }),
    principal: 'anybody',
    input,
    async create({ sku, quantity }, { tx }) {
      if (quantity === 404) return parentNotFound(`There is no shelf for ${sku}.`)
      if (quantity === 400) return invalid([{ pointer: '/quantity', detail: 'is more than there is' }])
      const order = { id: `${sku}-${quantity}`, sku, quantity }
      await table.insert(tx, order)
      if (quantity === 500) throw new Error('out of stock')
      return created(order)
    },
    duplicates: reject(table),
    idempotency: 'optional',
    location: '/orders/{id}',
    etag: etagOf,
    ...changes,
  } as Settings)
  const asking =
    (creation: Creation) =>
    (body: unknown, headers: Record<string, string> = {}) =>
      askCreation(creation, { path: '/orders', body, headers })
  return { post: asking(inBulk(single, { operation: 'createOrders', maxItems })), one: asking(single) }
}
const memory = () => openOrders('memory', () => server)
const order = (sku: string, quantity = 1): Input => ({ sku, quantity })
const row = (sku: string, quantity = 1): Order => ({ id: `${sku}-${quantity}`, sku, quantity })

describe.each(kinds)('a batch over %s', (kind) => {
  const open = async (changes: (table: OrderTable) => Changes = () => ({})) => {
    const table = await openOrders(kind, () => server)
    return over(table, changes(table))
  }

  it('is 201 with the representations in the order of the request, and no Location', async () => {
    const { post } = await open()
    const answer = await post([order('c'), order('a'), order('b')])
    expect([answer.status, answer.json, answer.headers]).toEqual([
      201,
      [row('c'), row('a'), row('b')],
      { 'Content-Type': 'application/json' },
    ])
    expect(await orders.all()).toEqual([row('a'), row('b'), row('c')])
  })

  it('with one invalid item creates nothing: 400 with every fault of every item', async () => {
    const { post } = await open()
    const answer = await post([order('a'), { sku: '', quantity: 0 }, order('b'), { quantity: 1, colour: 'red' }])
    expect(answer.status).toBe(400)
    expect((answer.json['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/1/quantity',
      '/1/sku',
      '/3/colour',
      '/3/sku',
    ])
    expect(await orders.all()).toEqual([])
  })

  it('with duplicates creates nothing: 409 that points at each, and links those that exist', async () => {
    const { post, one } = await open()
    await one(order('tea'))
    const answer = await post([order('a'), order('tea', 2), order('a', 2), order('b')])
    expect(answer).toMatchObject({
      status: 409,
      json: {
        type: '/problems/duplicate-resource',
        fields: ['sku'],
        errors: [
          { pointer: '/1', existing: '/orders/tea-1' },
          { pointer: '/2', detail: 'is the same resource as the item at /0' },
        ],
      },
    })
    expect(answer.body).not.toContain('/orders/a-1')
    expect(await orders.all()).toEqual([row('tea')])
  })

  it('under return-existing has the existing ones in their place, each once: 201, or 200 where nothing was new', async () => {
    const { post, one } = await open((table) => ({ duplicates: returnExisting(table) }))
    await one(order('tea'))
    const some = await post([order('a'), order('tea', 2), order('a', 3)])
    expect([some.status, some.json]).toEqual([201, [row('a'), row('tea'), row('a')]])
    const none = await post([order('tea', 4), order('a', 5)])
    expect([none.status, none.json]).toEqual([200, [row('tea'), row('a')]])
    expect(await orders.all()).toEqual([row('a'), row('tea')])
  })

  it('whose create throws in the middle leaves nothing, and its key is free', async () => {
    const { post } = await open()
    const headers = { 'idempotency-key': 'k1' }
    expect((await post([order('a'), order('b', 500), order('c')], headers)).status).toBe(500)
    expect(await orders.all()).toEqual([])
    expect((await post([order('a')], headers)).status).toBe(201)
  })

  it('is replayed as one, and its key is for nothing else', async () => {
    const { post } = await open()
    const headers = { 'idempotency-key': 'k1' }
    const first = await post([order('a'), order('b')], headers)
    const retry = await post('[ {"quantity":1,"sku":"a"},{"sku":"b","quantity":1.0} ]', headers)
    expect([retry.status, retry.body, retry.headers['Idempotent-Replayed']]).toEqual([201, first.body, 'true'])
    // The look-up comes before validation.
    expect((await post([order('b'), order('a')], headers)).status).toBe(422)
    expect((await post([], headers)).status).toBe(422)
    expect(await orders.all()).toHaveLength(2)
  })

  it('has one winner among 20 that share an item; nothing of the others is kept', async () => {
    const { post } = await open()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => post([order(`own${at}`), order('shared', at + 1), order(`more${at}`)])),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)])
    const winner = answers.find(({ status }) => status === 201)!.json as unknown as Order[]
    expect(await orders.all()).toEqual(winner.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
  })

  it('is all rows and 201, or no row and a problem, whatever is wrong with it', async () => {
    const table = await openOrders(kind, () => server)
    const { post } = over(table)
    const item = fc.record({
      sku: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', ''),
      quantity: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.constantFrom(0, 400, 404, 500)),
    })
    let [kept, refused] = [0, 0]
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 6 }), async (items) => {
        round += 1
        // Of every round its own, so that none meets the rows of another.
        const own = items.map(({ sku, quantity }, at) =>
          order(sku && `${sku}${round}`, quantity === 1 ? 1_000 + at : quantity),
        )
        const before = await table.all()
        const { status, json } = await post(own)
        const after = await table.all()
        const isRight =
          new Set(own.map(({ sku }) => sku)).size === own.length &&
          own.every((one) => one.sku !== '' && one.quantity >= 1_000)
        if (isRight) {
          kept += 1
          expect([status, json]).toEqual([201, own.map(({ sku, quantity }) => row(sku, quantity))])
          expect(after).toHaveLength(before.length + own.length)
        } else {
          refused += 1
          const broken = own.some((one) => one.quantity === 500)
          expect([400, 404, 409, ...(broken ? [500] : [])]).toContain(status)
          expect(after).toEqual(before)
        }
      }),
      { numRuns: kind === 'memory' ? 200 : 25 },
    )
    expect(Math.min(kept, refused)).toBeGreaterThan(0)
  })
})

it('that waits for another one, which waits for it, is tried again: one is 201, one 409', async () => {
  const table = await openOrders('pg', () => server)
  const met = createGate()
  let first = 0
  const { post } = over(table, {
    async create({ sku, quantity }, { tx }) {
      await table.insert(tx, row(sku, quantity))
      first += 1
      if (first === 2) met.open()
      await met.opened
      return created(row(sku, quantity))
    },
  })
  const answers = await Promise.all([post([order('a'), order('b')]), post([order('b', 2), order('a', 2)])])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await table.all()).toEqual(
    (answers.find(({ status }) => status === 201)!.json as unknown as Order[]).toSorted((one, other) =>
      one.id < other.id ? -1 : 1,
    ),
  )
})

describe.each(['sqlite', 'pg', 'postgres.js'] as const)('a batch of declared rows over %s', (kind) => {
  const open = async (policy: typeof reject = reject) => {
    const table = await openOrders(kind, () => server)
    const { create: _, ...insert } = {
      create: undefined,
      insert: {
        table: 'orders',
        values: ({ sku, quantity }: Input) => ({
          id: `${sku}-${quantity}`,
          sku,
          quantity: quantity === 500 ? null : quantity,
        }),
      },
    }
    return over(table, { create: undefined, ...insert, duplicates: policy(table) } as unknown as Changes)
  }

  it('is 201 with all rows, or leaves nothing', async () => {
    const { post } = await open()
    expect(await post([order('a'), order('b')])).toMatchObject({ status: 201, json: [row('a'), row('b')] })
    expect(await post([order('c'), order('a', 2), order('d'), order('c', 2)])).toMatchObject({
      status: 409,
      json: { errors: [{ pointer: '/1', existing: '/orders/a-1' }, { pointer: '/3' }] },
    })
    // The database refuses it: a fault.
    expect((await post([order('e'), order('f', 500)])).status).toBe(500)
    expect(await orders.all()).toEqual([row('a'), row('b')])
  })

  it('under return-existing keeps what came before a duplicate', async () => {
    const { post } = await open(returnExisting)
    await post([order('tea')])
    expect(await post([order('a'), order('tea', 2), order('b')])).toMatchObject({
      status: 201,
      json: [row('a'), row('tea'), row('b')],
    })
    expect(await orders.all()).toEqual([row('a'), row('b'), row('tea')])
  })

  it('is replayed as one', async () => {
    const { post } = await open()
    const headers = { 'idempotency-key': 'k1' }
    const first = await post([order('a'), order('b')], headers)
    const retry = await post([order('a'), order('b')], headers)
    expect([retry.status, retry.body, retry.headers['Idempotent-Replayed']]).toEqual([201, first.body, 'true'])
  })
})

describe('what a batch is', () => {
  it.each([
    [
      'no array',
      { sku: 'a', quantity: 1 },
      400,
      'invalid-input',
      [{ pointer: '', detail: 'must be an array of inputs' }],
    ],
    ['an empty one', [], 400, 'invalid-input', [{ pointer: '', detail: 'must have at least one item' }]],
    ['too many', [order('a'), order('b'), order('c')], 413, 'content-too-large', undefined],
  ])('is refused: %s', async (_, body, status, code, errors) => {
    const { post } = over(await memory(), {}, 2)
    const answer = await post(body)
    expect([answer.status, answer.json['type'], answer.json['errors']]).toEqual([status, `/problems/${code}`, errors])
    expect(await orders.all()).toEqual([])
  })

  it('has faults of the JSON itself at the places of its items', async () => {
    const { post } = over(await memory())
    const answer = await post('[{"sku":"a","quantity":1},{"sku":"b","quantity":9007199254740993}]')
    expect(answer).toMatchObject({
      status: 400,
      json: { errors: [{ pointer: '/1/quantity' }, { pointer: '/1/quantity' }] },
    })
  })

  it('takes the status of invalid input from the creation', async () => {
    const { post } = over(await memory(), { invalidStatus: 422 })
    expect((await post([{}])).status).toBe(422)
    expect((await post([order('a', 400)])).status).toBe(422)
  })

  it('is refused by what create says of an item: invalid and parentNotFound, with its pointer', async () => {
    const { post } = over(await memory())
    expect(await post([order('a'), order('b', 400)])).toMatchObject({
      status: 400,
      json: { errors: [{ pointer: '/1/quantity', detail: 'is more than there is' }] },
    })
    expect(await post([order('a'), order('b', 404), order('c', 400)])).toMatchObject({
      status: 404,
      json: { errors: [{ pointer: '/1', detail: 'There is no shelf for b.' }] },
    })
    expect(await orders.all()).toEqual([])
  })

  it('is answered with status, address and ETag of each under return=minimal, recorded as such', async () => {
    const table = await memory()
    const { post, one } = over(table, { duplicates: returnExisting(table) })
    await one(order('tea'))
    const headers = { prefer: 'return=minimal', 'idempotency-key': 'k1' }
    const answers = [
      await post([order('a'), order('tea', 2)], headers),
      await post([order('a'), order('tea', 2)], { 'idempotency-key': 'k1' }),
    ]
    for (const answer of answers) {
      expect([answer.status, answer.headers['Preference-Applied'], answer.json]).toEqual([
        201,
        'return=minimal',
        [
          { status: 201, location: '/orders/a-1', etag: etagOf(row('a')) },
          { status: 200, location: '/orders/tea-1', etag: etagOf(row('tea')) },
        ],
      ])
    }
  })

  it('hands each item an attemptKey of its own, the same for every attempt', async () => {
    const seen: (string | undefined)[] = []
    const { post } = over(await memory(), {
      create({ quantity }, { attemptKey }) {
        seen.push(attemptKey)
        if (seen.length === 2) throw new Error('the connection broke')
        return created(row('a', quantity))
      },
    })
    const send = () => post([order('a', 1), order('a', 2)], { 'idempotency-key': 'k1' })
    expect([(await send()).status, (await send()).status]).toEqual([500, 201])
    expect(new Set(seen)).toEqual(new Set([seen[0], seen[1]]))
    expect([seen[0] === seen[1], seen[2], seen[3]]).toEqual([false, seen[0], seen[1]])
  })
})

describe('the definition of a batch', () => {
  it('refuses what cannot be', async () => {
    const table = await memory()
    orders = table
    const leased = {
      ...table.store,
      insert: undefined as never,
      guarantee: 'leased' as const,
      release: async () => ({ kind: 'absent' as const }),
    }
    const base = {
      operation: 'createOrder',
      principal: 'anybody',
      input,
      create: ({ sku }: Input) => created(row(sku)),
      duplicates: 'allow',
      idempotency: 'off',
      location: '/orders/{id}',
    } as const
    const onLease = defineCreation({ ...base, store: leased, onCrash: 'block' })
    const single = defineCreation({ ...base, store: table.store })
    // @ts-expect-error: what a leased store has done cannot be undone.
    expect(() => inBulk(onLease, { operation: 'createOrders', maxItems: 10 })).toThrow('in one transaction')
    expect(() => inBulk(single, { operation: 'createOrder', maxItems: 10 })).toThrow('another name')
    expect(() => inBulk(single, { operation: 'createOrders', maxItems: 0 })).toThrow('maxItems')
    // @ts-expect-error: a copy by hand is no creation of defineCreation.
    expect(() => inBulk({ operation: 'x', maxBodyBytes: 1 }, { operation: 'y', maxItems: 1 })).toThrow('defineCreation')
  })
})
