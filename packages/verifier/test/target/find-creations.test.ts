import { describe, expect, it } from 'vitest'
import { created, find, json, only, whyNot } from './creations-in.ts'

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
