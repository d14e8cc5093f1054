import { describe, expect, test } from 'vitest'
import { identifierOf, resourceName, selfLink, unwrap } from '../../src/experiments/resource.ts'
import type { Creation } from '../../src/target/target.ts'

const creation = (path: string, more: Partial<Creation> = {}): Creation => ({
  id: path,
  method: 'POST',
  path,
  parameters: [],
  responses: {},
  parents: [],
  policy: {},
  security: [],
  ...more,
})

const read = (idParameter: string) =>
  ({ method: 'GET', path: `/x/{${idParameter}}`, parameters: [], responses: {}, idParameter }) as const

describe('the identifier of a resource', () => {
  test.each([
    ['an integer id', { id: 7 }, {}, '7'],
    ['a document id', { _id: 'a1' }, {}, 'a1'],
    ['the name of the resource with id', { orderId: 'o-1', total: 3 }, {}, 'o-1'],
    ['snake case', { order_id: 9 }, {}, '9'],
    ['the parameter of the read', { isbn: '978', title: 'x' }, { read: read('isbn') }, '978'],
    ['a member of its own that looks like an id', { ref_id: 'r', total: 1 }, {}, 'r'],
    ['a slug', { slug: 'a-b', title: 'A B' }, {}, 'a-b'],
  ] as const)('is %s', (_, node, more, expected) => {
    expect(identifierOf(node, creation('/orders', more))?.value).toBe(expected)
  })

  test('is what Location ends with, if the answer has that', () => {
    expect(identifierOf({ id: 7, handle: 'jo' }, creation('/users'), 'jo')).toEqual({ member: 'handle', value: 'jo' })
    expect(identifierOf({ id: 7, handle: 'jo' }, creation('/users'), '7')).toEqual({ member: 'id', value: '7' })
    expect(identifierOf({ id: 7 }, creation('/users'), 'elsewhere')).toEqual({ member: 'id', value: '7' })
  })

  test('is no slug that was sent, if Location ends otherwise', () => {
    const body = { mediaType: 'application/json', required: true, schema: { properties: { slug: {} } }, examples: [] }
    const node = { slug: 'a-b', uri: '/posts/7f' }
    expect(identifierOf(node, creation('/posts', { body }), '7f')).toEqual({ member: 'uri', value: '/posts/7f' })
    expect(identifierOf(node, creation('/posts', { body }), 'a-b')).toEqual({ member: 'slug', value: 'a-b' })
    expect(identifierOf(node, creation('/posts'), '7f')).toEqual({ member: 'slug', value: 'a-b' })
  })

  test('is no code that says how the request went', () => {
    const answer = { code: 2000, message: 'Success', result: { token: 'abc' } }
    expect(identifierOf(answer, creation('/tokens'))).toBeUndefined()
    expect(unwrap(answer, creation('/tokens'))).toEqual({ token: 'abc' })
    expect(unwrap({ code: 201, data: { id: 7 } }, creation('/orders'))).toEqual({ id: 7 })
    expect(identifierOf({ code: 'X-7', name: 'x' }, creation('/orders'))?.value).toBe('X-7')
  })

  test('is no reference that was sent, and not the parent', () => {
    const body = {
      mediaType: 'application/json',
      required: true,
      schema: { properties: { author_id: {} } },
      examples: [],
    }
    const parents = [{ parameter: 'bookId', creation: 'createBook' }]
    expect(
      identifierOf({ author_id: 1, bookId: 2, text: 'x' }, creation('/books/{bookId}/reviews', { body, parents })),
    ).toBeUndefined()
  })
})

describe('a resource', () => {
  test.each([
    ['bare', { id: 1 }],
    ['in data', { data: { id: 1 } }],
    ['in two envelopes', { result: { item: { id: 1 } }, ok: true }],
    ['under its own name', { order: { id: 1 } }],
  ])('is found %s', (_, json) => {
    expect(unwrap(json, creation('/orders'))).toEqual({ id: 1 })
  })

  test('is called by the singular of its collection', () => {
    expect(['/v1/orders', '/categories/', '/boxes', '/books/{id}/reviews', '/news'].map(resourceName)).toEqual([
      'order',
      'category',
      'box',
      'review',
      'new',
    ])
  })

  test.each([[{ self: '/a' }], [{ href: '/a' }], [{ links: { self: '/a' } }], [{ _links: { self: { href: '/a' } } }]])(
    'links to itself by %j',
    (node) => {
      expect(selfLink(node, node)).toBe('/a')
    },
  )
})
