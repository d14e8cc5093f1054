import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { expect, it } from 'vitest'
import { createonce, toFastify } from '../../src/adapters/fastify.ts'
import { type OpenApiObject, withFastifyCreations } from '../../src/openapi/index.ts'
import { define, emptyDocument, faultsOf, NO_FAULTS } from './define.ts'

const info = { title: 'Shop', version: '1' }

/** The document of an application whose routes are added by `addRoutes`. */
async function documentOf(
  addRoutes: (routes: FastifyInstance) => void,
  openapi: object = { openapi: '3.1.0', info },
  options: object = {},
): Promise<OpenApiObject> {
  const app = fastify()
  app.register(createonce)
  app.register(swagger, { openapi, ...options, transformObject: withFastifyCreations(app) })
  app.register(async (routes) => addRoutes(routes))
  await app.ready()
  return JSON.parse(JSON.stringify(app.swagger())) as OpenApiObject
}

const orderRoutes = (routes: FastifyInstance): void => {
  routes.post('/orders', toFastify(define()))
  routes.get(
    '/orders/:id',
    {
      schema: {
        operationId: 'getOrder',
        response: { 200: { type: 'object', properties: { id: { type: 'string' }, item: { type: 'string' } } } },
      },
    },
    () => ({}),
  )
}

it('@fastify/swagger gets the creations that are mounted, by one line', async () => {
  const document = await documentOf(orderRoutes)
  expect(document['paths']['/orders'].post).toMatchObject({
    operationId: 'createOrder',
    requestBody: { required: true },
    responses: { 201: { links: { read: { operationId: 'getOrder' } } } },
    'x-creation': { idempotency: 'optional' },
  })
  expect(await faultsOf(document)).toEqual(NO_FAULTS)
})

it('without the answer that the plugin makes up where a route declares none', async () => {
  const document = await documentOf(orderRoutes)
  expect(document['paths']['/orders'].post.responses).not.toHaveProperty('200')
  expect(JSON.stringify(document)).not.toMatch(/Default Response"[^}]*\}[^}]*x-creation|x-createonce/)
})

it('where the document has them: below prefixes, with parameters in braces, without the path of the server', async () => {
  const creation = define({ location: '/v1/shops/{shopId}/orders/{id}' })
  const document = await documentOf(
    (routes) => {
      routes.register(
        async (v1) => {
          v1.post('/shops/:shopId/orders', toFastify(creation))
          v1.get('/shops/:shopId/orders/:id', { schema: { operationId: 'getOrder' } }, () => ({}))
        },
        { prefix: '/v1' },
      )
    },
    { openapi: '3.1.0', info, servers: [{ url: 'https://api.example.com/v1' }] },
  )
  expect(Object.keys(document['paths'])).toEqual(['/shops/{shopId}/orders', '/shops/{shopId}/orders/{id}'])
  const { post } = document['paths']['/shops/{shopId}/orders']
  expect(post.parameters.filter(({ name }: OpenApiObject) => name === 'shopId')).toHaveLength(1)
  expect(post.responses[201].links.read).toEqual({
    operationId: 'getOrder',
    parameters: { shopId: '$request.path.shopId', id: '$response.body#/id' },
  })
  expect(await faultsOf(document)).toEqual(NO_FAULTS)
})

it('with what the schema of the route says', async () => {
  const document = await documentOf((routes) => {
    const schema = {
      summary: 'Place an order',
      tags: ['orders'],
      security: [],
      response: { 401: { description: 'Who are you?', type: 'null' } },
    }
    routes.post('/orders', { schema }, toFastify(define({ openapi: { summary: 'Mine' } })))
  })
  expect(document['paths']['/orders'].post).toMatchObject({
    summary: 'Place an order',
    tags: ['orders'],
    responses: { 201: { description: 'Created.' }, 401: { description: 'Who are you?' } },
  })
  expect(await faultsOf(document)).toEqual(NO_FAULTS)
})

it('leaves hidden routes hidden, other routes as they are, and HEAD out', async () => {
  const document = await documentOf((routes) => {
    routes.post('/orders', { schema: { hide: true } }, toFastify(define()))
    routes.get('/health', () => ({}))
  })
  expect(document['paths']).toEqual({ '/health': { get: { responses: { 200: { description: 'Default Response' } } } } })
})

it('gets routes that work as before', async () => {
  const app = fastify()
  app.register(swagger, { openapi: { openapi: '3.1.0' }, transformObject: withFastifyCreations(app) })
  app.register(async (routes) => orderRoutes(routes))
  const answer = await app.inject({ method: 'POST', url: '/orders', payload: { item: 'tea' } })
  expect([answer.statusCode, answer.headers['location']]).toEqual([201, '/orders/1'])
})

it('is refused with a document of another version, saying what to write', async () => {
  await expect(documentOf(orderRoutes, { info })).rejects.toThrow(/openapi: \{ openapi: '3\.1\.0' \}/)
  const app = fastify()
  app.register(swagger, { swagger: { info }, transformObject: withFastifyCreations(app) })
  await app.ready()
  expect(() => app.swagger()).toThrow(/openapi: \{ openapi: '3\.1\.0' \}/)
  expect(emptyDocument()['openapi']).toBe('3.1.0')
})
