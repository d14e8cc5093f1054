import { randomUUID } from 'node:crypto'
import { type Creation, created, defineCreation, parentNotFound } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { type MemoryStore, memoryStore } from '@createonce/server/memory'
import { withFastifyCreations } from '@createonce/server/openapi'
import { loadTarget, type Report, verify } from '@createonce/verifier'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

// The document that is generated of creations, judged against the service that runs them by who knows neither.

const publisher = z.strictObject({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })
const book = z.strictObject({ id: z.string(), publisherId: z.string(), isbn: z.string(), createdAt: z.iso.datetime() })
const order = z.strictObject({ id: z.string(), item: z.string(), quantity: z.int(), createdAt: z.iso.datetime() })
const server = (): { id: string; createdAt: string } => ({ id: randomUUID(), createdAt: new Date().toISOString() })

function creations(store: MemoryStore): Record<'publishers' | 'books' | 'orders', Creation> {
  const service = { store, principal: 'anybody' as const }
  return {
    publishers: defineCreation({
      ...service,
      operation: 'createPublisher',
      input: z.strictObject({ name: z.string().min(1).max(60) }),
      create({ name }, { tx }) {
        const row = { ...server(), name }
        tx.insert('publishers', row.id, row, ['name'])
        return created(row)
      },
      duplicates: { policy: 'reject', naturalKey: ['name'] },
      idempotency: 'optional',
      location: '/publishers/{id}',
      openapi: { summary: 'Create a publisher', representation: publisher },
    }),
    books: defineCreation({
      ...service,
      operation: 'createBook',
      input: z.strictObject({ isbn: z.string().regex(/^97[89][0-9]{10}$/) }),
      create({ isbn }, { tx, params }) {
        const publisherId = params['publisherId']!
        if (tx.get('publishers', publisherId) === undefined) return parentNotFound('There is no such publisher.')
        const row = { ...server(), publisherId, isbn }
        tx.insert('books', row.id, row, ['publisherId', 'isbn'])
        return created(row)
      },
      duplicates: {
        policy: 'return-existing',
        naturalKey: ['isbn'],
        find: ({ isbn }, { tx, params }) =>
          tx.all('books').find((one) => one['isbn'] === isbn && one['publisherId'] === params['publisherId']) as never,
      },
      idempotency: 'optional',
      location: '/publishers/{publisherId}/books/{id}',
      openapi: { representation: book },
    }),
    orders: defineCreation({
      ...service,
      operation: 'createOrder',
      input: z.strictObject({ item: z.string().min(1).max(60), quantity: z.int().min(1).max(9) }),
      create(input, { tx }) {
        const row = { ...server(), ...input }
        tx.insert('orders', row.id, row)
        return created(row)
      },
      duplicates: 'allow',
      idempotency: { key: 'required', reusedStatus: 400, replay: 'reference' },
      invalidStatus: 422,
      location: '/orders/{id}',
      openapi: {
        representation: order,
        examples: { tea: { input: { item: 'tea', quantity: 2 } } },
      },
    }),
  }
}

let app: FastifyInstance
let report: Report
let origin: string

beforeAll(async () => {
  const store = memoryStore()
  app = fastify()
  app.register(createonce)
  app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Books', version: '1' } },
    transformObject: withFastifyCreations(app),
  })
  app.register(async (routes) => {
    const { publishers, books, orders } = creations(store)
    routes.post('/publishers', toFastify(publishers))
    routes.post('/publishers/:publisherId/books', toFastify(books))
    routes.post('/orders', toFastify(orders))
    for (const [path, table] of [
      ['/publishers/:id', 'publishers'],
      ['/publishers/:publisherId/books/:id', 'books'],
      ['/orders/:id', 'orders'],
    ] as const) {
      routes.get(path, (request, reply) => {
        const row = store.read.get(table, (request.params as { id: string }).id)
        if (row !== undefined) return row
        const problem = { type: 'about:blank', title: 'Not Found', status: 404 }
        return reply.code(404).type('application/problem+json').send(JSON.stringify(problem))
      })
    }
    routes.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  })
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const target = await loadTarget(`${origin}/openapi.json`)
  const run = verify({ target, seed: 1 })
  let step = await run.next()
  while (!step.done) step = await run.next()
  report = step.value
})
afterAll(() => app.close())

describe('the generated document of a service', () => {
  it('tells the verifier everything: operations, parents, reads and policies', async () => {
    const { creations: found, warnings, notCreations } = await loadTarget(`${origin}/openapi.json`)
    expect({ warnings, notCreations }).toEqual({ warnings: [], notCreations: [] })
    expect(found.map(({ id, read, parents, policy }) => ({ id, read: read?.path, parents, policy }))).toMatchObject([
      {
        id: 'createPublisher',
        read: '/publishers/{id}',
        policy: {
          naturalKey: { value: ['name'], from: 'declared' },
          duplicates: { value: 'reject', from: 'declared' },
        },
      },
      {
        id: 'createBook',
        read: '/publishers/{publisherId}/books/{id}',
        parents: [{ parameter: 'publisherId', creation: 'createPublisher' }],
        policy: { duplicates: { value: 'return-existing' }, idempotency: { value: 'optional' }, retention: 'PT24H' },
      },
      { id: 'createOrder', read: '/orders/{id}', policy: { idempotency: { value: 'required', from: 'declared' } } },
    ])
  })

  it('is judged without any finding', () => {
    const findings = report.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    expect(findings.map(({ check, operation, message }) => `${operation} ${check}: ${message}`)).toEqual([])
  })

  it('is really judged: each check of documents passes for each operation that it is about', () => {
    const passed = report.results.filter(({ verdict, check }) => verdict === 'pass' && check.startsWith('doc-'))
    const all = ['createPublisher', 'createBook', 'createOrder']
    for (const check of ['doc-201-and-location', 'doc-body-conforms', 'doc-errors-declared', 'doc-idempotency-policy'])
      expect(passed.filter((one) => one.check === check).map(({ operation }) => operation)).toEqual(all)
  })
})
