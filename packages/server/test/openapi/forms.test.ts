import { expect, it } from 'vitest'
import { z } from 'zod'
import { inBulk } from '../../src/bulk.ts'
import { created, defineCreation } from '../../src/index.ts'
import { toOperation, withCreations } from '../../src/openapi/index.ts'
import { definePut, type PutSettings, replaced } from '../../src/put.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'
import { codesOf, emptyDocument, faultsOf, NO_FAULTS, order } from './define.ts'

type Order = z.infer<typeof order>

const single = defineCreation({
  operation: 'createOrder',
  store: memoryStore(),
  principal: 'anybody',
  input: order,
  create: (input: Order) => created(input),
  duplicates: { policy: 'return-existing', naturalKey: ['id'], find: () => undefined },
  idempotency: 'optional',
  location: '/orders/{id}',
  etag: () => '"1"',
  openapi: { representation: order },
})
const batch = inBulk(single, { operation: 'createOrders', maxItems: 20 })

const put = (changes: Partial<PutSettings<Order, Order, MemoryTransaction, unknown>> = {}) =>
  definePut<Order, Order, MemoryTransaction>({
    operation: 'putOrder',
    name: 'id',
    store: memoryStore(),
    principal: 'anybody',
    input: z.strictObject({ id: z.string().max(9), item: z.string() }),
    create: (input) => created(input),
    find: () => undefined,
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/orders/{id}',
    etag: () => '"1"',
    ...changes,
  })
const replace = (_: Order, input: Order) => replaced(input)

it('single, several and under a name stand in one valid document, with the parts that they share', async () => {
  const document = withCreations(emptyDocument(), {
    'POST /orders': single,
    'POST /orders/batch': batch,
    'PUT /orders/{id}': put({ replace }),
  })
  expect(await faultsOf(document)).toEqual(NO_FAULTS)
  expect(Object.keys(document.paths)).toEqual(['/orders', '/orders/batch', '/orders/{id}'])
  expect(document.paths['/orders/{id}'].put.operationId).toBe('putOrder')
})

it('a batch takes an array of inputs up to its limit, and answers an array without a Location', () => {
  const { requestBody, responses } = toOperation(batch)
  const { schema } = requestBody.content['application/json']
  expect(schema).toMatchObject({ type: 'array', minItems: 1, maxItems: 20, items: { type: 'object' } })
  for (const status of [201, 200]) {
    expect(responses[status].headers).not.toHaveProperty('Location')
    expect(responses[status].headers).not.toHaveProperty('ETag')
    const [all, results] = responses[status].content['application/json'].schema.anyOf
    expect(all.items).toMatchObject({ type: 'object', required: ['id', 'item'] })
    expect(results.items.required).toEqual(['status', 'location', 'etag'])
  }
})

it('a PUT takes its name from the path, by the schema of the member, which the body may leave out', () => {
  const operation = toOperation(put(), { path: '/orders/{id}' })
  expect(operation.parameters[0]).toMatchObject({ name: 'id', in: 'path', schema: { type: 'string', maxLength: 9 } })
  expect(operation.parameters.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['If-None-Match', 'If-Match']),
  )
  const { schema } = operation.requestBody.content['application/json']
  expect([schema.required, Object.keys(schema.properties)]).toEqual([['item'], ['id', 'item']])
})

it('a PUT that only creates answers 412, and 428 without a condition; one that replaces, 200 and 204', () => {
  const only = toOperation(put())
  expect(codesOf(only)).toMatchObject({ 412: ['precondition-failed'], 428: ['precondition-required'] })
  expect(Object.keys(only.responses)).not.toEqual(expect.arrayContaining(['200']))
  const both = toOperation(put({ replace }))
  expect(codesOf(both)).not.toHaveProperty('428')
  expect(both.responses).toMatchObject({ 200: { description: 'Replaced.' }, 204: expect.anything() })
  expect(both.responses[201].headers.ETag.required).toBe(false)
})

it('a PUT without a condition that may not replace can meet what is there: 409', () => {
  expect(codesOf(toOperation(put({ condition: 'optional' })))['409']).toContain('duplicate-resource')
  expect(codesOf(toOperation(put()))['409']).not.toContain('duplicate-resource')
})
