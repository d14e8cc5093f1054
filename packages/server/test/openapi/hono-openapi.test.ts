import { Hono } from 'hono'
import { describeRoute, generateSpecs, openAPIRouteHandler } from 'hono-openapi'
import { expect, it } from 'vitest'
import { type OpenApiObject, toOperation, withCreations } from '../../src/openapi/index.ts'
import { define, faultsOf, NO_FAULTS, order } from './define.ts'

const documentation = { info: { title: 'Shop', version: '1' } }
const creation = define({ openapi: { representation: order } })

it('hono-openapi takes the operation of a creation by describeRoute', async () => {
  const app = new Hono()
  app.post('/shops/:shopId/orders', describeRoute(toOperation(creation)), (c) => c.body(null, 201))
  app.get('/openapi.json', openAPIRouteHandler(app, { documentation }))
  const document = (await (await app.request('/openapi.json')).json()) as OpenApiObject
  const { post } = document['paths']['/shops/{shopId}/orders']
  const { operationId, requestBody, responses, 'x-creation': policy } = toOperation(creation)
  expect(post).toMatchObject({ operationId, requestBody, responses, 'x-creation': policy })
  expect(post.parameters.map(({ name }: OpenApiObject) => name).sort()).toEqual(['Idempotency-Key', 'Prefer', 'shopId'])
  expect(await faultsOf(document)).toEqual(NO_FAULTS)
})

it('or gives the whole document, in which withCreations() shares components', async () => {
  const app = new Hono()
  app.post('/orders', describeRoute({ summary: 'Place an order', operationId: 'createOrder' }), (c) =>
    c.body(null, 201),
  )
  const document = withCreations(await generateSpecs(app, { documentation }), { 'POST /orders': creation })
  expect(document.paths['/orders']!.post).toMatchObject({ summary: 'Place an order', operationId: 'createOrder' })
  expect(document.components.schemas).toHaveProperty('CreationProblem')
  expect(await faultsOf(JSON.parse(JSON.stringify(document)))).toEqual(NO_FAULTS)
})
