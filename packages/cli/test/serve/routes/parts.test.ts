import type { Operation } from '@createonce/verifier/document'
import fc from 'fast-check'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { brokenReferences } from '../../../src/serve/routes/broken-references.ts'
import { locationOf } from '../../../src/serve/routes/location-of.ts'
import { mergePatch } from '../../../src/serve/routes/merge-patch.ts'
import { isMatchFailed, isNoneMatch } from '../../../src/serve/routes/preconditions.ts'
import { routePath } from '../../../src/serve/routes/route-path.ts'
import { unmountedOf } from '../../../src/serve/routes/unmounted.ts'

describe('a path template as a route', () => {
  it.each([
    ['/users/{id}', '/users/ada', { p0: 'ada' }],
    ['/users/{user-id}/orders/{order.id}', '/users/1/orders/2', { p0: '1', p1: '2' }],
    ['/orders:batchCreate', '/orders:batchCreate', {}],
    ['/orders/{id}:cancel', '/orders/7:cancel', { p0: '7' }],
    ["/Users('{id}')", "/Users('ada')", { p0: 'ada' }],
    ['/files/{name}.{ext}', '/files/a.txt', { p0: 'a', p1: 'txt' }],
    ['/größe/{id}', '/gr%C3%B6%C3%9Fe/1', { p0: '1' }],
    ['/a b/{id}', '/a%20b/1', { p0: '1' }],
  ])('%s takes %s', async (template, url, params) => {
    const app = fastify()
    app.get(routePath(template)!, (request) => request.params)
    const answer = await app.inject(url)
    expect(answer.json()).toEqual(params)
    await app.close()
  })

  const notRouted = ['/{a}{b}', '/x/*', '/rest/{service}/**', '/run?kind=now', '/share/100%25']
  it.each(notRouted)('%s cannot be routed', (template) => {
    expect(routePath(template)).toBeUndefined()
  })
})

describe('an operation that cannot be routed', () => {
  const found = (method: string, template: string, url: string) => {
    const operation = { method, path: template } as Operation
    return unmountedOf([{ operation, why: 'for this test', creates: false }])({ method: 'GET', originalUrl: url })
  }

  it.each([
    ['/{a}{b}', '/12'],
    ['/rest/{service}/**', '/rest/cars/a/b?page=2'],
    ['/x/*', '/x/*'],
    ['/run?kind=now', '/run?kind=now'],
    ['/share/100%25', '/share/100%25'],
    ['/größe/**', '/gr%C3%B6%C3%9Fe/1'],
    ['/a.b(c)/{x}{y}', '/a.b(c)/1'],
  ])('%s is meant by %s', (template, url) => {
    expect(found('GET', template, url)).toMatchObject({ why: 'for this test' })
    expect(found('POST', template, url)).toBeUndefined()
  })

  it.each([
    ['/{a}{b}', '/1/2'],
    ['/rest/{service}/**', '/soap/cars/a'],
    ['/run?kind=now', '/run'],
    ['/a.b/{x}{y}', '/a-b/1'],
    ['/{a}{b}:run', '/1:stop'],
    ['/ab{a}{b}ba', '/aba'],
    // Tried in every way that it might be split, this would never end.
    [`/${'{a}{b}x'.repeat(20)}y`, `/${'x'.repeat(2_000)}`],
    // What has a route of its own is never asked about.
    ['/users/{id}', '/users/1'],
  ])('%s is not meant by %s', (template, url) => {
    expect(found('GET', template, url)).toBeUndefined()
  })
})

describe('a Location', () => {
  it('holds each value in its segment', () => {
    expect(locationOf('/users/{u}/orders/{o}', ['a/b'], 'c d')).toBe('/users/a%2Fb/orders/c%20d')
    expect(locationOf('/größe/{id}', [], '1')).toBe('/gr%C3%B6%C3%9Fe/1')
    expect(locationOf('/a%20b/{id}', [], '1')).toBe('/a%20b/1')
  })
})

describe('JSON Merge Patch (RFC 7396, appendix A)', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result)
  })

  it('changes neither value, and no prototype', () => {
    const patch = JSON.parse('{"__proto__":{"x":1}}') as object
    const target = Object.freeze({ a: Object.freeze({ b: 1 }) })
    const merged = mergePatch(target, patch) as object
    expect(Object.hasOwn(merged, '__proto__')).toBe(true)
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  it('is done once: the same patch again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (target, patch) => {
          const once = mergePatch(target, patch)
          expect(mergePatch(once, patch)).toEqual(once)
        },
      ),
    )
  })
})

describe('conditions of a request', () => {
  it.each([
    ['"a"', '"a"', true],
    ['W/"a"', '"a"', true],
    ['"b", "a"', '"a"', true],
    ['*', '"a"', true],
    ['"b"', '"a"', false],
    [undefined, '"a"', false],
  ])('If-None-Match %s meets %s: %s', (header, etag, isMet) => {
    expect(isNoneMatch(header, etag)).toBe(isMet)
  })

  it.each([
    ['"a"', '"a"', false],
    ['W/"a"', 'W/"a"', true],
    ['"b"', '"a"', true],
    ['*', '"a"', false],
    ['a', '"a"', true],
    [undefined, '"a"', false],
  ])('If-Match %s forbids a change of %s: %s', (header, etag, isFailed) => {
    expect(isMatchFailed(header, etag)).toBe(isFailed)
  })
})

describe('references', () => {
  const customer = { key: '/customers/{}', noun: 'customer', parents: [], bodies: { id: { type: 'integer' } } } as never
  const resources = new Map([['/customers/{}', customer]])
  const look = (_: unknown, __: unknown, id: string) => (id === '7' ? {} : undefined)
  const broken = (pointer: string, body: unknown) =>
    brokenReferences([{ pointer, resource: '/customers/{}' }], body, () => '', resources, look)

  it('that exist, are null or absent are not broken', async () => {
    for (const body of [{ customerId: 7 }, { customerId: '7' }, { customerId: null }, {}, []])
      expect(await broken('/customerId', body)).toEqual([])
  })

  it('that name nothing are told with their place, in lists too', async () => {
    const body = { lines: [{ customerId: 7 }, { customerId: 8 }] }
    expect(await broken('/lines/0/customerId', body)).toEqual([
      { pointer: '/lines/1/customerId', detail: 'names no customer that exists' },
    ])
  })
})
