import { describe, expect, it } from 'vitest'
import { findCreations } from '../../src/target/find-creations.ts'
import type { Creation } from '../../src/target/target.ts'

type Operations = Record<string, Record<string, unknown>>

/** Finds in a document that is written as `POST /path` → operation. */
function find(operations: Operations, rest: Record<string, unknown> = {}) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: { responses: { 200: {} }, ...operation } }
  }
  return findCreations({ openapi: '3.1.0', paths, ...rest })
}

function only(operations: Operations, rest: Record<string, unknown> = {}): Creation {
  const { creations, notCreations } = find(operations, rest)
  expect(notCreations).toEqual([])
  expect(creations).toHaveLength(1)
  return creations[0] as Creation
}

function whyNot(operations: Operations): string | undefined {
  const { creations, notCreations } = find(operations)
  expect(creations).toEqual([])
  return notCreations[0]?.why
}

const created = { responses: { 201: {} } }
const json = (properties: object = { name: { type: 'string' } }, required: string[] = []) => ({
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', properties, required } } },
  },
})

describe('what creates', () => {
  it('is a POST that declares 201', () => {
    expect(only({ 'POST /books': { operationId: 'createBook', ...created } }).id).toBe('createBook')
  })

  it('is a POST that answers 200, if what it creates can be read below its path', () => {
    const creation = only({ 'GET /items': {}, 'POST /items': { ...json() }, 'GET /items/{id}': {} })
    expect(creation.id).toBe('POST /items')
    expect(creation.read).toMatchObject({ path: '/items/{id}', idParameter: 'id' })
    expect(creation.list).toMatchObject({ method: 'GET', path: '/items' })
    expect(creation.remove).toBeUndefined()
  })

  it('is a POST to a singular path with an item below it', () => {
    expect(
      only({ 'POST /pet': { ...json() }, 'GET /pet/{petId}': {}, 'DELETE /pet/{petId}': {} }).remove?.idParameter,
    ).toBe('petId')
  })

  it('is a POST to a singular path whose items have a plural one', () => {
    expect(only({ 'POST /customer': { ...json() }, 'GET /customers/{id}': {} }).read?.path).toBe('/customers/{id}')
  })

  it('is a POST to a path that ends with a verb of creating', () => {
    const creation = only({ 'POST /users/create': { ...json() }, 'GET /users': {}, 'GET /users/{id}': {} })
    expect(creation.read?.path).toBe('/users/{id}')
    expect(creation.list?.path).toBe('/users')
  })

  it('does not mind a slash at the end', () => {
    expect(only({ 'POST /items/': { ...json() }, 'GET /items/': {}, 'GET /items/{id}/': {} }).read?.path).toBe(
      '/items/{id}/',
    )
  })

  it('may be named in another language', () => {
    expect(only({ 'POST /b\u00fccher': { ...created }, 'GET /b\u00fccher/{nummer}': {} }).read?.idParameter).toBe(
      'nummer',
    )
  })

  it('is a login that declares 201, because sessions and tokens are resources', () => {
    expect(only({ 'POST /tokens': { ...created }, 'GET /tokens/{id}': {} }).id).toBe('POST /tokens')
  })

  it('is a POST without a body', () => {
    expect(only({ 'POST /carts': created, 'GET /carts/{id}': {} }).body).toBeUndefined()
  })

  it('is a PUT to an item that declares 201', () => {
    const creation = only({ 'PUT /files/{name}': { ...created, ...json() }, 'GET /files/{name}': {}, 'GET /files': {} })
    expect(creation).toMatchObject({
      method: 'PUT',
      parents: [],
      read: { idParameter: 'name' },
      list: { path: '/files' },
    })
  })

  it.each(['/password-resets', '/test-cases', '/search-profiles', '/uploads', '/check-ins'])(
    'is a 201 of things whose name begins with a verb: %s',
    (path) => {
      expect(only({ [`POST ${path}`]: created }).path).toBe(path)
    },
  )

  it('is whatever x-creation says, by any name', () => {
    expect(only({ 'POST /checkout': { ...json(), 'x-creation': { duplicates: 'allow' } } }).id).toBe('POST /checkout')
  })

  it('may show its body by an example alone', () => {
    const requestBody = { content: { 'application/json': { example: { name: 'tea', qty: 2 } } } }
    expect(only({ 'POST /items': { ...created, requestBody } }).body?.schema).toMatchObject({
      type: 'object',
      properties: { name: { type: 'string' }, qty: { type: 'number' } },
    })
  })

  it('keeps two operations with one operationId apart', () => {
    const { creations } = find({
      'POST /a': { operationId: 'add', ...created },
      'POST /b': { operationId: 'add', ...created },
    })
    expect(creations.map(({ id }) => id)).toEqual(['add', 'POST /b'])
  })
})

describe('what does not create, and why', () => {
  it.each([
    ['POST /login', 'it is about logging in (login)'],
    ['POST /auth/token', 'it is about logging in (token)'],
    ['POST /users/search', 'it searches (search)'],
    ['POST /products/query', 'it searches (query)'],
    ['POST /orders/{id}/cancel', 'it is an action (cancel)'],
    ['POST /orders/{id}:archive', 'it is an action on a resource (archive)'],
    ['POST /documents/import', 'it uploads (import)'],
    ['POST /orders/{id}', 'it declares no 201, and it addresses one resource'],
    ['POST /settings', 'it declares no 201, and nothing below its path can be listed or read'],
  ])('%s', (name, why) => {
    expect(whyNot({ [name]: {} })).toBe(why)
  })

  it('an action, even where 201 is declared', () => {
    expect(whyNot({ 'POST /orders/{id}/cancel': created })).toBe('it is an action (cancel)')
  })

  it('an upload', () => {
    const upload = { requestBody: { content: { 'multipart/form-data': { schema: {} } } }, ...created }
    expect(whyNot({ 'POST /photos': upload })).toBe(
      'it takes multipart/form-data and neither JSON nor a form of text (an upload)',
    )
  })

  it('a batch', () => {
    const batch = { requestBody: { content: { 'application/json': { schema: { type: 'array' } } } }, ...created }
    expect(whyNot({ 'POST /users/batch': batch })).toContain('it takes a list')
  })

  it('a query that is sent by POST and named like one', () => {
    expect(
      whyNot({ 'POST /genes': { operationId: 'fetchGenes', ...json() }, 'GET /genes': {}, 'GET /genes/{id}': {} }),
    ).toContain('named like a query')
  })

  it('one function under GET and POST', () => {
    expect(
      whyNot({
        'POST /stats': { operationId: 'statsUsingPOST', ...json() },
        'GET /stats': { operationId: 'statsUsingGET' },
      }),
    ).toBe('the GET of its path is the same operation')
  })

  it('a PUT that only replaces', () => {
    expect(whyNot({ 'PUT /books/{id}': json() })).toContain('it replaces what is there')
  })

  it('a PUT that declares no 201 beside a POST that creates', () => {
    const { notCreations } = find({ 'POST /books': created, 'PUT /books/{id}': json() })
    expect(notCreations).toEqual([
      {
        operation: 'PUT /books/{id}',
        why: 'a PUT that declares no 201: it replaces what is there, and a POST to the collection creates',
      },
    ])
  })

  it('a PUT whose 201 stands beside a 404, where a POST creates', () => {
    const both = { responses: { 201: {}, 404: {} }, ...json() }
    const { creations, notCreations } = find({ 'POST /books': created, 'PUT /books/{id}': both })
    expect(creations.map(({ id }) => id)).toEqual(['POST /books'])
    expect(notCreations[0]?.why).toContain('declares 404')
    // Below a parent it is the parent that may be missing; and x-creation is believed.
    const below = find({ 'POST /shelves/{shelf}/books': created, 'PUT /shelves/{shelf}/books/{id}': both })
    const declared = find({ 'POST /books': created, 'PUT /books/{id}': { ...both, 'x-creation': {} } })
    expect([below, declared].map((one) => one.creations.length)).toEqual([2, 2])
  })

  it('a PUT to names of a closed list', () => {
    const parameters = [{ name: 'day', in: 'path', required: true, schema: { enum: ['monday', 'sunday'] } }]
    expect(whyNot({ 'PUT /menus/{day}': { ...created, ...json(), parameters } })).toContain('none of them is new')
  })

  it('a PUT to a path that names no single resource', () => {
    expect(whyNot({ 'PUT /settings': { ...created, ...json() } })).toContain('names no single resource')
  })

  it('a write of a document that declares 201 for everything, unless something else speaks for it', () => {
    const both = { responses: { 200: {}, 201: {} }, ...json() }
    const { creations, notCreations } = find({
      'POST /orders': both,
      'GET /orders/{id}': {},
      'PUT /orders/{id}': both,
      'POST /deploy': both,
      'POST /report': both,
    })
    expect(creations.map(({ id }) => id)).toEqual(['POST /orders'])
    expect(notCreations.find(({ operation }) => operation === 'POST /deploy')?.why).toContain('its 201 tells nothing')
  })
})

describe('what a creation needs first', () => {
  it('links path parameters to the creations of the parents, outermost first', () => {
    const { creations } = find({
      'POST /publishers': { operationId: 'createPublisher', ...created },
      'GET /publishers/{id}': {},
      'POST /publishers/{publisherId}/books': { operationId: 'createBook', ...created },
      'POST /publishers/{publisherId}/books/{bookId}/reviews': { operationId: 'createReview', ...created },
    })
    expect(creations.find(({ id }) => id === 'createReview')?.parents).toEqual([
      { parameter: 'publisherId', creation: 'createPublisher' },
      { parameter: 'bookId', creation: 'createBook' },
    ])
  })

  it('finds a parent by the name of the parameter, wherever it stands', () => {
    const { creations } = find({
      'POST /v1/owners': { operationId: 'createOwner', ...created },
      'POST /v2/by-owner/{ownerId}/cars': { operationId: 'createCar', ...created },
    })
    expect(creations[1]?.parents).toEqual([{ parameter: 'ownerId', creation: 'createOwner' }])
  })

  it('reads below the root what was created below a parent', () => {
    const { creations } = find({ 'POST /publishers/{id}/books': created, 'GET /books/{bookId}': {} })
    expect(creations[0]?.read?.path).toBe('/books/{bookId}')
  })

  it('notices members of the body that name other resources', () => {
    const { creations } = find({
      'POST /authors': { operationId: 'createAuthor', ...created, ...json() },
      'POST /books': {
        operationId: 'createBook',
        ...created,
        ...json({ author_id: { type: 'integer' } }, ['author_id']),
      },
    })
    expect(creations[1]?.references).toEqual([{ pointer: '/author_id', creation: 'createAuthor', required: true }])
  })

  it('finds them in lists, and in the lines of an order', () => {
    const line = { type: 'object', required: ['book_id'], properties: { book_id: { type: 'string' } } }
    const properties = { tagIds: { type: 'array', items: { type: 'string' } }, lines: { type: 'array', items: line } }
    const { creations } = find({
      'POST /tags': { operationId: 'createTag', ...created },
      'POST /books': { operationId: 'createBook', ...created },
      'POST /orders': { ...created, ...json(properties, ['lines']) },
    })
    expect(creations[2]?.references).toEqual([
      { pointer: '/tagIds/0', creation: 'createTag', required: false },
      { pointer: '/lines/0/book_id', creation: 'createBook', required: true },
    ])
  })

  it('takes a number or a UUID for a reference even without an id in its name, and a text not', () => {
    const properties = {
      author: { type: 'integer' },
      publisher: { type: 'string', format: 'uuid' },
      tag: { type: 'string' },
    }
    const { creations } = find({
      'POST /authors': created,
      'POST /publishers': created,
      'POST /tags': created,
      'POST /books': { ...created, ...json(properties) },
    })
    expect(creations[3]?.references?.map(({ pointer }) => pointer)).toEqual(['/author', '/publisher'])
  })

  it('names the headers of the credentials', () => {
    const components = {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        token: { type: 'http', scheme: 'bearer' },
      },
    }
    const security = [{ key: [], token: [] }]
    expect(only({ 'POST /books': created }, { components, security }).security).toEqual(['X-Key', 'Authorization'])
    expect(only({ 'POST /books': { ...created, security: [] } }, { components, security }).security).toEqual([])
  })
})

describe('the policy', () => {
  const withExtension = (extension: object) =>
    only({ 'POST /users': { ...created, ...json(), 'x-creation': extension } }).policy

  it('is what x-creation declares', () => {
    expect(
      withExtension({
        naturalKey: ['email'],
        duplicates: 'reject',
        idempotency: 'required',
        retention: 'PT24H',
        private: true,
      }),
    ).toEqual({
      naturalKey: { value: ['email'], from: 'declared', why: 'declared by x-creation' },
      duplicates: { value: 'reject', from: 'declared', why: 'declared by x-creation' },
      idempotency: { value: 'required', from: 'declared', why: 'declared by x-creation' },
      retention: 'PT24H',
      private: true,
    })
  })

  it('reads an unquoted off of YAML 1.1', () => {
    expect(withExtension({ idempotency: false }).idempotency?.value).toBe('off')
  })

  it('infers that duplicates are rejected from a declared 409', () => {
    const { policy } = only({ 'POST /users': { responses: { 201: {}, 409: {} } } })
    expect(policy.duplicates).toMatchObject({ value: 'reject', from: 'inferred' })
  })

  it.each([
    [true, 'required'],
    [false, 'optional'],
  ])('infers from an Idempotency-Key header with required: %s that it is %s', (required, value) => {
    const parameters = [{ name: 'Idempotency-Key', in: 'header', required, schema: { type: 'string' } }]
    const { policy } = only({ 'POST /users': { ...created, parameters } })
    expect(policy.idempotency).toMatchObject({ value, from: 'inferred' })
  })

  it.each(['email', 'isbn', 'slug', 'sku', 'username', 'user_name'])('infers the natural key %s', (name) => {
    const { policy } = only({
      'POST /things': { ...created, ...json({ name: { type: 'string' }, [name]: { type: 'string' } }, [name]) },
    })
    expect(policy.naturalKey).toMatchObject({ value: [name], from: 'inferred' })
  })

  it('believes a schema that marks a member as unique', () => {
    const properties = { tag: { type: 'string', 'x-unique': true }, note: { type: 'string' } }
    expect(only({ 'POST /things': { ...created, ...json(properties) } }).policy.naturalKey?.value).toEqual(['tag'])
  })

  it('infers no natural key where duplicates are declared to be allowed', () => {
    const operation = {
      ...created,
      ...json({ email: { type: 'string' } }, ['email']),
      'x-creation': { duplicates: 'allow' },
    }
    expect(only({ 'POST /orders': operation }).policy.naturalKey).toBeUndefined()
  })

  it('infers no natural key from a name, a title, or an optional member', () => {
    const properties = { name: { type: 'string' }, title: { type: 'string' }, email: { type: 'string' } }
    expect(
      only({ 'POST /things': { ...created, ...json(properties, ['name', 'title']) } }).policy.naturalKey,
    ).toBeUndefined()
  })
})

describe('what reads', () => {
  const answering = (schema: object) => ({ responses: { 200: { content: { 'application/json': { schema } } } } })

  it('is no operation that answers a list, wherever its parameter stands', () => {
    const create = { 'POST /reservations': { ...created, ...json() } }
    const list = answering({ type: 'array', items: { type: 'object' } })
    expect(only({ ...create, 'GET /reservations/{username}': list }).read).toBeUndefined()
    const one = answering({ type: 'object' })
    expect(only({ ...create, 'GET /reservations/{id}': one }).read?.path).toBe('/reservations/{id}')
  })
})
