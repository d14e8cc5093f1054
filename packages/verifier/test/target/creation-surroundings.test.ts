import { describe, expect, it } from 'vitest'
import { created, find, json, only } from './creations-in.ts'

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
