import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type Request } from 'express'
import fc from 'fast-check'
import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toFastify } from '../../src/adapters/fastify.ts'
import { type Creation, created, defineCreation, etagOf } from '../../src/index.ts'
import { type MemoryStore, memoryStore } from '../../src/stores/memory.ts'
import { type HeaderLines, sendRequest } from '../../src/testing/send-request.ts'

describe('etagOf', () => {
  it('is a strong tag in quotes', () => expect(etagOf({ id: 1 })).toMatch(/^"[\w-]{27}"$/))

  it('does not depend on the order of members, on any level, nor on what JSON leaves out', () => {
    const date = new Date(0)
    const one = { id: 'a', lines: [{ sku: 's', at: date }], note: undefined }
    const other = { lines: [{ at: date.toISOString(), sku: 's' }], id: 'a' }
    expect(etagOf(one)).toBe(etagOf(other))
  })

  it('is the same for a value and for what a client reads of it, and another one for any other JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const read = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
        expect(etagOf(one)).toBe(etagOf(read(one)))
        const canonical = (value: unknown): string => {
          if (Array.isArray(value)) return `[${value.map(canonical)}]`
          if (typeof value !== 'object' || value === null) return JSON.stringify(value)
          return `{${Object.keys(value)
            .sort()
            .map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`)}}`
        }
        expect(etagOf(one) === etagOf(other)).toBe(canonical(read(one)) === canonical(read(other)))
      }),
    )
  })

  it('tells lists apart by their order, and takes no value that JSON cannot say', () => {
    expect(etagOf([1, 2])).not.toBe(etagOf([2, 1]))
    expect(() => etagOf(undefined)).toThrow(TypeError)
  })
})

interface Order {
  readonly id: string
  readonly item: string
  readonly secret: string
}
const shown = ({ id, item }: Order) => ({ id, item })

/** A creation whose rows have a member that nobody is shown. */
function createOrderIn(store: MemoryStore): Creation {
  return defineCreation({
    operation: 'createOrder',
    store,
    principal: 'anybody',
    input: z.strictObject({ item: z.string() }),
    create({ item }, { tx }) {
      const order: Order = { secret: 'margin', item, id: 'o1' }
      tx.insert('orders', order.id, { ...order })
      return created(order)
    },
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/orders/{id}',
    represent: (order) => shown(order),
    etag: etagOf,
  })
}

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** The user's PUT: changes the item if the client knows the current state. Returns the new order, or undefined for 412. */
async function change(store: MemoryStore, ifMatch: unknown, item: string): Promise<Order | undefined> {
  return store.write((tx) => {
    const order = tx.get('orders', 'o1') as unknown as Order
    if (ifMatch !== etagOf(shown(order))) return undefined
    const changed = { ...order, item }
    tx.delete('orders', 'o1')
    tx.insert('orders', 'o1', changed)
    return changed
  })
}
const read = (store: MemoryStore) => store.read.get('orders', 'o1') as unknown as Order

async function onFastify(): Promise<string> {
  const store = memoryStore()
  const app = fastify()
  app.post('/orders', toFastify(createOrderIn(store) as never))
  app.get('/orders/:id', (_, reply) => reply.header('ETag', etagOf(shown(read(store)))).send(shown(read(store))))
  app.put('/orders/:id', async (request, reply) => {
    const order = await change(store, request.headers['if-match'], (request.body as Order).item)
    if (order === undefined) return reply.code(412).send()
    return reply.header('ETag', etagOf(shown(order))).send(shown(order))
  })
  ends.push(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** Express adds a weak tag of its own to what has none. */
async function onExpress(): Promise<string> {
  const store = memoryStore()
  const creation = createOrderIn(store)
  const app = express()
  app.use(express.json())
  app.post('/orders', async (request, response) => {
    const { status, headers, body } = await creation.handle(neutral(request))
    response.status(status).set(headers).send(body)
  })
  app.get('/orders/:id', (_, response) => {
    response.set('ETag', etagOf(shown(read(store)))).json(shown(read(store)))
  })
  app.put('/orders/:id', async (request, response) => {
    const order = await change(store, request.headers['if-match'], (request.body as Order).item)
    if (order === undefined) response.status(412).end()
    else response.set('ETag', etagOf(shown(order))).json(shown(order))
  })
  const server = app.listen(0, '127.0.0.1')
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function neutral(request: Request): Parameters<Creation['handle']>[0] {
  return {
    method: request.method,
    path: request.path,
    query: '',
    params: {},
    headers: request.headers,
    body: { kind: 'parsed', value: request.body },
    requestId: 'r1',
    native: request,
  }
}

describe.each([
  ['Fastify', onFastify],
  ['Express', onExpress],
])('the ETag of a creation on %s', (_, listen) => {
  const json: HeaderLines = [['Content-Type', 'application/json']]
  const body = '{"item":"tea"}'
  const tagOf = (answer: { headers: ReadonlyMap<string, readonly string[]> }) => answer.headers.get('etag')

  it('is the one of GET, and If-Match with it succeeds, once', async () => {
    const origin = await listen()
    const made = await sendRequest(origin, { path: '/orders', headers: json, body })
    const got = await sendRequest(origin, { method: 'GET', path: '/orders/o1' })
    expect([made.status, JSON.parse(made.body)]).toEqual([201, JSON.parse(got.body)])
    expect(tagOf(made)).toEqual(tagOf(got))
    const headers: HeaderLines = [...json, ['If-Match', tagOf(made)![0]!]]
    const put = () => sendRequest(origin, { method: 'PUT', path: '/orders/o1', headers, body: '{"item":"milk"}' })
    const [changed, again] = [await put(), await put()]
    expect([changed.status, again.status]).toEqual([200, 412])
    expect(tagOf(changed)).not.toEqual(tagOf(made))
  })

  it('is there without content, and in a replay it is the recorded one, though the resource has changed', async () => {
    const origin = await listen()
    const headers: HeaderLines = [...json, ['Idempotency-Key', 'k1']]
    const minimal: HeaderLines = [...headers, ['Prefer', 'return=minimal']]
    const made = await sendRequest(origin, { path: '/orders', headers: minimal, body })
    const got = await sendRequest(origin, { method: 'GET', path: '/orders/o1' })
    expect([made.body, tagOf(made)]).toEqual(['', tagOf(got)])
    const change: HeaderLines = [...json, ['If-Match', tagOf(got)![0]!]]
    await sendRequest(origin, { method: 'PUT', path: '/orders/o1', headers: change, body: '{"item":"milk"}' })
    const retry = await sendRequest(origin, { path: '/orders', headers, body })
    expect([retry.status, retry.body, tagOf(retry)]).toEqual([201, '', tagOf(made)])
    expect(retry.headers.get('preference-applied')).toEqual(['return=minimal'])
  })
})
