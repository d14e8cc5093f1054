import { describe, expect, it } from 'vitest'
import { findCreations } from '../../src/target/find-creations.ts'

const thing = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, size: { type: 'integer' } },
}
const list = (items: unknown = thing) => ({ type: 'array', items })
const holding = (name: string, items: unknown = thing) => ({ type: 'object', properties: { [name]: list(items) } })
const post = (schema: unknown, more: object = {}) => ({
  post: { requestBody: { content: { 'application/json': { schema } } }, responses: { 201: {} }, ...more },
})
const get = { get: { responses: { 200: {} } } }
const things = { '/things': { ...get, ...post(thing) }, '/things/{id}': get }

const find = (paths: Record<string, unknown>) =>
  findCreations({ openapi: '3.1.0', paths }).creations.map(({ path, batch }) => [
    path,
    batch?.pointer,
    batch?.collection,
  ])

describe('an operation that creates several', () => {
  it.each<[string, unknown, string]>([
    ['/things:batchCreate', holding('requests', { type: 'object', properties: { thing } }), '/requests'],
    ['/things/batch', list(), ''],
    ['/things/bulk', holding('items'), '/items'],
    ['/things/bulk', holding('things'), '/things'],
    ['/things/bulk-create', list(), ''],
    ['/things/createMany', holding('data'), '/data'],
    ['/things/createWithList', list(), ''],
    ['/things/add_multiple', list(), ''],
  ])('may be %s', (path, schema, pointer) => {
    expect(find({ ...things, [path]: post(schema) })).toEqual([
      ['/things', undefined, undefined],
      [path, pointer, '/things'],
    ])
  })

  it('may be the POST of the collection, where what is created can be listed and read', () => {
    expect(find({ '/things': { ...get, ...post(list()) }, '/things/{id}': get })).toEqual([['/things', '', '/things']])
  })

  it('is read and listed as what is created one by one', () => {
    const { creations } = findCreations({ openapi: '3.1.0', paths: { ...things, '/things:batchCreate': post(list()) } })
    expect(creations[1]).toMatchObject({ read: { path: '/things/{id}' }, list: { path: '/things' }, parents: [] })
  })

  it('knows the definitions that its items refer to', () => {
    const { creations } = findCreations({
      openapi: '3.1.0',
      components: {
        schemas: {
          Thing: { ...thing, properties: { ...thing.properties, part: { $ref: '#/components/schemas/Thing' } } },
        },
      },
      paths: { ...things, '/things/bulk-create': post(list({ $ref: '#/components/schemas/Thing' })) },
    })
    expect(JSON.stringify(creations[1]?.batch?.item.schema)).toContain('"name"')
  })
})

describe('an operation that takes several', () => {
  it.each<[string, unknown]>([
    ['/things:batchUpdate', list()],
    ['/things/bulk-delete', list()],
    ['/things/batch', list({ type: 'object', properties: { method: {}, path: {} } })],
    ['/things/bulk', holding('operations')],
    ['/things/bulk', list({ type: 'string' })],
    ['/things/all', list()],
    ['/others/batch', list()],
    ['/things/{id}/lines', list()],
    ['/batch', holding('requests')],
  ])('creates nothing that is known as %s', (path, schema) => {
    expect(find({ ...things, [path]: post(schema) })).toEqual([['/things', undefined, undefined]])
  })

  it('is not taken for what creates one thing, where its list is not understood', () => {
    const several = { type: 'object', properties: { left: list(), right: list() } }
    expect(find({ ...things, '/things/createMany': post(several) })).toEqual([['/things', undefined, undefined]])
  })

  it('is one thing with lines where its name says nothing of several', () => {
    const order = { type: 'object', properties: { customer: { type: 'string' }, items: list() } }
    expect(find({ '/orders': { ...get, ...post(order) }, '/orders/{id}': get })).toEqual([
      ['/orders', undefined, undefined],
    ])
  })

  it('is the parent of nothing, and needs none but what its path names', () => {
    const { creations } = findCreations({
      openapi: '3.1.0',
      paths: {
        '/shops': post(thing),
        '/shops/{shopId}/things': { ...get, ...post(thing) },
        '/shops/{shopId}/things/batch': post(list()),
        '/shops/{shopId}/things/{id}': get,
      },
    })
    expect(creations.map(({ path, parents }) => [path, parents.map(({ creation }) => creation)])).toEqual([
      ['/shops', []],
      ['/shops/{shopId}/things', ['POST /shops']],
      ['/shops/{shopId}/things/batch', ['POST /shops']],
    ])
  })
})
