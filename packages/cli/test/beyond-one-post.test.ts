import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { created, defineCreation, etagOf } from '@createonce/server'
import { inBulk } from '@createonce/server/bulk'
import { createonce as plugin, toFastify } from '@createonce/server/fastify'
import { type MemoryStore, memoryStore } from '@createonce/server/memory'
import { definePut, replaced } from '@createonce/server/put'
import fastify, { type FastifyReply } from 'fastify'
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createonce, temporaryFolder } from './createonce.ts'

interface Order {
  readonly id: string
  readonly sku: string
}
const sku = { type: 'string', minLength: 1, maxLength: 200 }
const id = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[\\w-]+$' }
const schemas = {
  New: { type: 'object', additionalProperties: false, required: ['sku'], properties: { sku } },
  Named: { type: 'object', additionalProperties: false, required: ['sku'], properties: { id, sku } },
  Order: { type: 'object', required: ['id', 'sku'], properties: { id, sku } },
}
interface Success {
  readonly schema: object
  readonly headers?: object
}
const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` })
const list = (items: object) => ({ type: 'array', minItems: 1, items })
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const answers = (success: Record<string, Success>, ...refusals: number[]) => ({
  ...Object.fromEntries(
    Object.entries(success).map(([status, { schema, ...more }]) => [
      status,
      { description: 'done', ...json(schema), ...more },
    ]),
  ),
  ...Object.fromEntries(
    [400, 405, 406, 409, 413, 415, 422, ...refusals].map((status) => [status, { description: 'a problem' }]),
  ),
})
/** With the address of the one resource that was created. */
const located = (schema: object) => ({ schema, headers: { Location: { schema: { type: 'string' } } } })
const header = (name: string) => ({ name, in: 'header', required: false, schema: { type: 'string', maxLength: 255 } })
const creates = (operationId: string, input: object, success: Record<string, Success>, policy: object) => ({
  operationId,
  parameters: [header('Idempotency-Key')],
  requestBody: { required: true, ...json(input) },
  responses: answers(success, 412, 428),
  'x-creation': { idempotency: 'optional', retention: 'PT24H', ...policy },
})
const unique = { naturalKey: ['sku'], duplicates: 'reject' }
const document = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': {
      get: { operationId: 'listOrders', responses: { 200: { description: 'all', ...json(list(ref('Order'))) } } },
      post: creates('createOrder', ref('New'), { 201: located(ref('Order')) }, unique),
    },
    '/orders/batch': {
      post: creates('createOrders', list(ref('New')), { 201: { schema: list(ref('Order')) } }, unique),
    },
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
      get: { operationId: 'readOrder', responses: answers({ 200: { schema: ref('Order') } }, 404) },
      delete: { operationId: 'deleteOrder', responses: { 204: { description: 'gone' }, 404: { description: 'none' } } },
      put: creates(
        'putOrder',
        ref('Named'),
        { 200: { schema: ref('Order') }, 201: located(ref('Order')) },
        { duplicates: 'allow' },
      ),
    },
  },
  components: { schemas },
}

const common = { principal: 'anybody', idempotency: 'optional', location: '/orders/{id}', etag: etagOf } as const
const text = z.string().min(1).max(200)
const keep = (tx: Parameters<Parameters<MemoryStore['write']>[0]>[0], order: Order) =>
  tx.insert('orders', order.id, { ...order }, ['sku'])

function serviceOver(store: MemoryStore) {
  const read = (name: string) => store.read.get('orders', name)
  const createOrder = defineCreation({
    ...common,
    operation: 'createOrder',
    store,
    input: z.strictObject({ sku: text }),
    create(input, { tx }) {
      const order: Order = { id: crypto.randomUUID(), ...input }
      keep(tx, order)
      return created(order)
    },
    duplicates: { policy: 'reject', naturalKey: ['sku'] },
  })
  const putOrder = definePut({
    ...common,
    operation: 'putOrder',
    name: 'id',
    store,
    input: z.strictObject({ id: z.string().regex(/^[\w-]{1,100}$/), sku: text }),
    create(order: Order, { tx }) {
      keep(tx, order)
      return created(order)
    },
    find: (name, { tx }) => tx.get('orders', name) as unknown as Order | undefined,
    replace(_, order, { tx }) {
      tx.delete('orders', order.id)
      keep(tx, order)
      return replaced(order)
    },
    duplicates: { policy: 'reject', naturalKey: ['sku'] },
  })
  const notFound = (reply: FastifyReply) =>
    reply.code(404).type('application/problem+json').send({ title: 'There is no such order', status: 404 })
  const app = fastify()
  app.register(plugin)
  app.register(async (routes) => {
    routes.get('/openapi.json', () => document)
    routes.post('/orders', toFastify(createOrder))
    routes.post('/orders/batch', toFastify(inBulk(createOrder, { operation: 'createOrders', maxItems: 100 })))
    routes.put('/orders/:id', toFastify(putOrder))
    routes.get('/orders', () => store.read.all('orders'))
    routes.get<{ Params: Order }>('/orders/:id', ({ params }, reply) => {
      const order = read(params.id)
      return order === undefined ? notFound(reply) : reply.header('ETag', etagOf(order)).send(order)
    })
    routes.delete<{ Params: Order }>('/orders/:id', async ({ params }, reply) => {
      if (read(params.id) === undefined) return notFound(reply)
      await store.write((tx) => tx.delete('orders', params.id))
      return reply.code(204).send()
    })
  })
  return app
}

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

it('The verifier finds nothing in creations by PUT, in bulk, and with ETags', async () => {
  const app = serviceOver(memoryStore())
  ends.push(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/openapi.json`
  const file = join(temporaryFolder(), 'report.json')
  const { code, stdout } = await createonce([
    'verify',
    url,
    '--hostile',
    '--fail-on',
    'note',
    '--report',
    `json=${file}`,
  ])
  expect([code, stdout.split('\n').at(-2)]).toEqual([0, expect.stringContaining('no findings')])
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results: Record<string, string>[] }
  const passed = results
    .filter(({ verdict }) => verdict === 'pass')
    .map(({ check, operation }) => `${operation} ${check}`)
  expect(passed).toEqual(
    expect.arrayContaining([
      'createOrder etag-201-current',
      'createOrder prefer-handled',
      'createOrders bulk-atomicity-declared',
      'createOrders bulk-item-results',
      'putOrder if-none-match-star',
      'putOrder precondition-after-checks',
      'putOrder prefer-handled',
      'putOrder put-create-201',
      'putOrder put-validator-restriction',
    ]),
  )
}, 60_000)
