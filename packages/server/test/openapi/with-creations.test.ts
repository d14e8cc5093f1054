import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type OpenApiObject, withCreations } from '../../src/openapi/index.ts'
import { at, define, emptyDocument, faultsOf, NO_FAULTS, order } from './define.ts'

const jsonOf = (schema: object): object => ({ 'application/json': { schema } })
const ok = (schema: object): OpenApiObject => ({ description: 'It.', content: jsonOf(schema) })
const Order = {
  type: 'object',
  required: ['id', 'item'],
  properties: { id: { type: 'string' }, item: { type: 'string' } },
}
const $ref = '#/components/schemas/Order'
const idParameter = { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }

/** A document as an author or a generator has it, before creations are merged. */
function shop(): OpenApiObject {
  return emptyDocument({
    tags: [{ name: 'orders' }],
    paths: {
      '/orders': {
        summary: 'All orders.',
        get: { operationId: 'listOrders', responses: { 200: ok({ type: 'array', items: { $ref } }) } },
        post: {
          operationId: 'placeOrder',
          summary: 'Place an order',
          tags: ['orders'],
          security: [{ bearer: [] }],
          parameters: [
            { name: 'dry', in: 'query', schema: { type: 'boolean' } },
            { name: 'prefer', in: 'header', description: 'As they say it.', schema: { type: 'string' } },
          ],
          responses: {
            201: { description: 'Placed.', headers: { 'X-Rate': { schema: { type: 'integer' } } } },
            401: { description: 'Who are you?' },
          },
          'x-owner': 'shop',
        },
      },
      '/orders/{orderId}': {
        parameters: [idParameter],
        get: { operationId: 'getOrder', responses: { 200: ok({ $ref }) } },
      },
    },
    components: { schemas: { Order }, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    'x-own': true,
  })
}

const merged = (document = shop(), settings: object = {}): OpenApiObject =>
  withCreations(document, { 'POST /orders': define(settings) })
const post = (document: OpenApiObject): OpenApiObject => document['paths']['/orders'].post

describe('a document with creations', () => {
  it('is valid, and every reference leads somewhere', async () => {
    expect(await faultsOf(merged())).toEqual(NO_FAULTS)
    expect(await faultsOf(merged(emptyDocument()))).toEqual(NO_FAULTS)
  })

  it('keeps everything that it had', () => {
    const [given, document] = [shop(), merged()]
    const { paths, components, ...rest } = document
    expect(rest).toEqual({ ...given, paths: undefined, components: undefined })
    expect(document['paths']['/orders/{orderId}']).toEqual(given['paths']['/orders/{orderId}'])
    const orders = given['paths']['/orders']
    const { parameters } = orders.post
    const kept = { ...orders, post: { ...orders.post, parameters: expect.arrayContaining(parameters) } }
    expect(paths['/orders']).toMatchObject(kept)
    expect(components).toMatchObject(given['components'])
  })

  it('does not change the one that was given', () => {
    const given = shop()
    merged(given)
    expect(given).toEqual(shop())
  })

  it('says of an operation what it said, and adds what the creation knows', () => {
    const operation = post(merged(shop(), { openapi: { summary: 'Mine', tags: ['mine'], description: 'More.' } }))
    expect(operation).toMatchObject({
      operationId: 'placeOrder',
      summary: 'Place an order',
      description: 'More.',
      tags: ['orders'],
      'x-owner': 'shop',
      'x-creation': { duplicates: 'allow' },
    })
    const { 201: success, 401: refusal } = operation['responses']
    expect(success.description).toBe('Placed.')
    expect(Object.keys(success.headers)).toEqual(expect.arrayContaining(['X-Rate', 'Location']))
    expect(refusal).toEqual({ description: 'Who are you?' })
    expect(operation['responses']).toHaveProperty('415')
  })

  it('has a parameter once, by place and name; that of the document stays', () => {
    const { parameters } = post(merged())
    expect(parameters.slice(0, 2)).toEqual(post(shop())['parameters'])
    expect(parameters.slice(2)).toEqual([{ $ref: '#/components/parameters/CreationKey.optional.PT24H' }])
    const nested = emptyDocument({ paths: { '/shops/{orderId}/orders': { parameters: [idParameter] } } })
    const document = withCreations(nested, { 'POST /shops/{orderId}/orders': define() })
    expect(JSON.stringify(document['paths']['/shops/{orderId}/orders'].post.parameters)).not.toContain('orderId')
  })

  it('shares what creations have in common', async () => {
    const document = withCreations(emptyDocument(), {
      'POST /orders': define(),
      'POST /returns': define({ operation: 'createReturn' }),
      'POST /gifts': define({ operation: 'createGift', idempotency: 'required' }),
    })
    const { schemas, parameters } = document['components']
    expect(Object.keys(schemas).sort()).toEqual(
      ['CreateGiftInput', 'CreateOrderInput', 'CreateReturnInput', 'CreationProblem'].sort(),
    )
    expect(Object.keys(parameters).sort()).toEqual(
      ['CreationKey.optional.PT24H', 'CreationKey.required.PT24H', 'CreationPrefer'].sort(),
    )
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
  })

  it('may be merged again, and stays what it is', () => {
    expect(merged(merged())).toEqual(merged())
  })

  it('takes a list of mounted creations as well', () => {
    const list = [{ method: 'POST' as const, path: '/orders', creation: define() }]
    expect(withCreations(shop(), list)).toEqual(merged())
  })

  it('leads schemas that refer to themselves to their component', async () => {
    const tree: z.ZodType = z.strictObject({
      get children() {
        return z.array(tree)
      },
    })
    const leaf = z.strictObject({ name: z.string() }).meta({ id: 'Leaf' })
    const document = merged(shop(), { input: tree, openapi: { representation: z.strictObject({ a: leaf, b: leaf }) } })
    const { CreateOrderInput, CreateOrderRepresentation } = document['components'].schemas
    expect(JSON.stringify(CreateOrderInput)).toContain('"$ref":"#/components/schemas/CreateOrderInput"')
    expect(at(document, CreateOrderRepresentation.properties.a.$ref)).toMatchObject({ required: ['name'] })
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
  })
})

describe('the read of what is created', () => {
  const created = (document: OpenApiObject): OpenApiObject => post(document)['responses'][201]

  it('gives the schema of the answer, where the creation has none', () => {
    expect(created(merged()).content).toEqual(jsonOf({ $ref }))
    const own = merged(shop(), { openapi: { representation: order } })
    expect(created(own).content).toEqual(jsonOf({ $ref: '#/components/schemas/CreateOrderRepresentation' }))
    expect(created(merged(emptyDocument())).content).toEqual({ 'application/json': {} })
  })

  it('is linked, with the parameters from the answer and from the path that was asked for', () => {
    expect(created(merged()).links).toEqual({
      read: { operationId: 'getOrder', parameters: { orderId: '$response.body#/id' } },
    })
    const path = '/shops/{shop}/orders'
    const nested = withCreations(
      emptyDocument({ paths: { [`${path}/{number}`]: { get: { responses: { 200: ok({}) } } } } }),
      { [`POST ${path}`]: define({ location: '/shops/{shop}/orders/{id}' }) },
    )
    const { links } = nested['paths'][path].post.responses[201]
    expect(links.read.parameters).toEqual({ shop: '$request.path.shop', number: '$response.body#/id' })
    expect(at(nested, links.read.operationRef)).toEqual(nested['paths'][`${path}/{number}`].get)
  })

  it('is found below the path of a server', () => {
    const servers = [{ url: 'https://api.example.com/v1' }]
    const document = merged({ ...shop(), servers }, { location: '/v1/orders/{id}' })
    expect(created(document).links.read.operationId).toBe('getOrder')
  })

  it('is not linked where the answer does not hold what the link needs, or a function makes the Location', () => {
    const bare = { type: 'object', properties: { item: {} } }
    expect(created(merged(shop(), { openapi: { representation: bare } }))).not.toHaveProperty('links')
    expect(created(merged(shop(), { location: () => '/orders/1' }))).not.toHaveProperty('links')
    expect(created(merged(emptyDocument()))).not.toHaveProperty('links')
  })

  it('stands beside the links of the author', () => {
    const links = { cancel: { operationId: 'cancelOrder' } }
    expect(Object.keys(created(merged(shop(), { openapi: { links } })).links)).toEqual(['read', 'cancel'])
  })
})

describe('a document that contradicts a creation', () => {
  const changed = (change: (document: OpenApiObject) => void): OpenApiObject => {
    const document = shop()
    change(document)
    return document
  }

  it('about the schema of the body is an error that shows both', () => {
    const document = changed((one) => {
      post(one)['requestBody'] = { content: jsonOf({ type: 'object', title: 'Theirs' }) }
    })
    expect(() => merged(document)).toThrow(/body of POST \/orders.*Theirs.*CreateOrderInput.*openapi\.input/)
  })

  it('about the schema of an answer is an error that shows both', () => {
    const document = changed((one) => {
      post(one)['responses'][201].content = jsonOf({ type: 'array', title: 'Theirs' })
    })
    expect(() => merged(document)).toThrow(/201 of POST \/orders.*Theirs.*components\/schemas\/Order/)
  })

  it('is none where both say the same, by whatever reference, or one says nothing', () => {
    for (const schema of [{ $ref }, Order, {}]) {
      const document = changed((one) => {
        post(one)['responses'][201].content = jsonOf(schema)
        post(one)['requestBody'] = { description: 'Theirs.', content: jsonOf({}) }
      })
      const operation = post(merged(document))
      expect(operation['responses'][201].content['application/json'].schema).toEqual(
        schema === Order ? Order : { $ref },
      )
      expect(operation['requestBody']).toMatchObject({ description: 'Theirs.', required: true })
    }
  })

  it('about the policies is an error that shows both', () => {
    const document = changed((one) => {
      post(one)['x-creation'] = { duplicates: 'reject' }
    })
    expect(() => merged(document)).toThrow(/POST \/orders.*x-creation.*reject.*allow/)
  })

  it('by an operationId of another operation is an error that names both', () => {
    const document = changed((one) => {
      delete post(one)['operationId']
      one['paths']['/orders'].get.operationId = 'createOrder'
    })
    expect(() => merged(document)).toThrow(/POST \/orders has the operationId "createOrder", which GET \/orders has/)
    expect(() => withCreations(emptyDocument(), { 'POST /a': define(), 'POST /b': define() })).toThrow(
      /POST \/b has the operationId "createOrder", which POST \/a has/,
    )
  })

  it('by a component of the same name is an error that names it', () => {
    const document = changed((one) => {
      one['components'].schemas.CreationProblem = { type: 'object' }
    })
    expect(() => merged(document)).toThrow(/component schemas\/CreationProblem already/)
  })
})

describe('what cannot be merged', () => {
  it.each(['3.0.3', '2.0', undefined])('OpenAPI %s is refused, with what to do', (openapi) => {
    expect(() => merged({ ...emptyDocument(), openapi })).toThrow(/must be OpenAPI 3\.1.*setOpenAPIVersion/)
  })

  it.each(['3.1.0', '3.1.1', '3.2.0'])('OpenAPI %s is taken', (openapi) => {
    expect(merged({ ...emptyDocument(), openapi })['openapi']).toBe(openapi)
  })

  it('a name that is no method and path, or has the spelling of a router, is refused', () => {
    for (const name of ['/orders', 'POST orders', 'post /orders'])
      expect(() => withCreations(emptyDocument(), { [name]: define() })).toThrow(/'POST \/orders'/)
    for (const name of ['GET /orders', 'PUT /orders/{id}'])
      expect(() => withCreations(emptyDocument(), { [name]: define() })).toThrow('createOrder is a creation by POST')
    expect(() => withCreations(emptyDocument(), { 'POST /shops/:id/orders': define() })).toThrow(
      /\{id\} instead of :id/,
    )
    expect(() => withCreations(emptyDocument(), { 'POST /orders:batch': define() })).not.toThrow()
  })

  it('a path that is written elsewhere is refused', () => {
    const document = emptyDocument({ paths: { '/orders': { $ref: './orders.yaml' } } })
    expect(() => merged(document)).toThrow(/POST \/orders: the path is a \$ref/)
  })
})
