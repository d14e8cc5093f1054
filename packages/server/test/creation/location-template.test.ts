import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileLocation } from '../../src/creation/location/location-template.ts'

const location = (path: string) => ({ kind: 'location', path })

/** Strings that try to leave their segment, among any others. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '.',
      '/',
      '\\',
      '%',
      '2',
      'e',
      'E',
      'f',
      '?',
      '#',
      ';',
      '@',
      ':',
      '\r',
      '\n',
      '\0',
      ' ',
      'a',
      '\ud800',
      '\udc00',
      'é',
    ),
  }),
  fc.constantFrom(
    '.',
    '..',
    '%2e',
    '%2E%2e',
    '.%2e',
    '../..',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '…',
  ),
)

function isRefused(value: string): boolean {
  const isWellFormed = !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)
  return value === '' || !isWellFormed || /^(\.|%2e){1,2}$/i.test(value)
}

describe('an expanded template', () => {
  it.each([
    ['/orders/{id}', { id: 42 }, '/orders/42'],
    ['/orders/{id}', { id: 'a b/c' }, '/orders/a%20b%2Fc'],
    ['/orders/{id}', { id: "it's!(*)" }, '/orders/it%27s%21%28%2A%29'],
    ['/orders/{id}', { id: 'AZaz09-._~' }, '/orders/AZaz09-._~'],
    ['/orders/{id}', { id: '日本' }, '/orders/%E6%97%A5%E6%9C%AC'],
    ['/orders/{id}', { id: 9007199254740993n }, '/orders/9007199254740993'],
    ['/orders/{id}', { id: -0 }, '/orders/0'],
    ['/orders/{id}', { id: false }, '/orders/false'],
    ['/orders/{id}', { id: '...' }, '/orders/...'],
    ['/shops/{shop}/orders/{id}/', { shop: 's1', id: 'o1' }, '/shops/s1/orders/o1/'],
    ['/files/v{major}.{minor}', { major: 1, minor: 2 }, '/files/v1.2'],
    ['/shops{/shop,order}', { shop: 's', order: 'o' }, '/shops/s/o'],
    ['/find{?x,y}', { x: 'a&b', y: '..' }, '/find?x=a%26b&y=..'],
    ['/find?lang=en{&x}', { x: '=' }, '/find?lang=en&x=%3D'],
    ['/a/{x}{?x}', { x: 1 }, '/a/1?x=1'],
    ['/singleton', {}, '/singleton'],
  ])('%s with %o is %s', (template, variables, path) => {
    expect(compileLocation(template).expand(variables)).toEqual(location(path))
  })

  it('takes values from getters, as rows of some libraries have them', () => {
    class Row {
      get id(): string {
        return 'x'
      }
    }
    expect(compileLocation('/orders/{id}').expand(new Row() as unknown as Record<string, unknown>)).toEqual(
      location('/orders/x'),
    )
  })

  it('keeps the shape of its path and gives every value back, whatever the values', () => {
    const template = compileLocation('/shops/{shop}/orders{/id}/lines')
    fc.assert(
      fc.property(hostile, hostile, (shop, id) => {
        const outcome = template.expand({ shop, id })
        if (outcome.kind === 'refused') {
          expect(isRefused(shop) ? outcome.variable === 'shop' : isRefused(id) && outcome.variable === 'id').toBe(true)
          return
        }
        expect(isRefused(shop) || isRefused(id)).toBe(false)
        const url = new URL(outcome.path, 'http://h/base/deep')
        expect(url.origin).toBe('http://h')
        expect(url.search + url.hash).toBe('')
        expect(url.pathname).toBe(outcome.path)
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'shops', shop, 'orders', id, 'lines'])
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps the shape of its query', () => {
    const template = compileLocation('/find{?x,y}')
    fc.assert(
      fc.property(hostile, hostile, (x, y) => {
        const outcome = template.expand({ x, y })
        if (outcome.kind === 'refused') return
        expect([...new URL(outcome.path, 'http://h').searchParams]).toEqual([
          ['x', x],
          ['y', y],
        ])
      }),
    )
  })
})

describe('a refused value', () => {
  it.each([
    [undefined, 'is missing'],
    [null, 'is null'],
    ['', 'is empty'],
    ['.', 'is "." or ".."'],
    ['..', 'is "." or ".."'],
    ['%2e%2E', 'is "." or ".."'],
    ['\ud800', 'surrogate'],
    [1.5, 'is the number 1.5'],
    [Number.NaN, 'is the number NaN'],
    [Number.POSITIVE_INFINITY, 'is the number Infinity'],
    [2 ** 53, 'beyond 2^53'],
    [{}, 'is an object'],
    [[1], 'is an object'],
    [() => 1, 'is a function'],
    ['x'.repeat(8000), 'more than 8000 characters'],
  ])('%o %s', (id, reason) => {
    const outcome = compileLocation('/shops/{shop}/{id}').expand({ shop: 's', id })
    expect(outcome).toEqual({ kind: 'refused', variable: 'id', reason: expect.stringContaining(reason) })
  })

  it('is what an object inherits from Object.prototype', () => {
    expect(compileLocation('/{constructor}').expand({}).kind).toBe('refused')
    expect(compileLocation('/{__proto__}').expand({}).kind).toBe('refused')
  })
})

describe('a template', () => {
  it('names its variables once, in order', () => {
    expect(compileLocation('/a/{x}/{y}{?x,z}').variables).toEqual(['x', 'y', 'z'])
  })

  it.each([
    ['orders/{id}', 'does not begin with "/"'],
    ['', 'does not begin with "/"'],
    ['{id}', 'does not begin with "/"'],
    ['https://api.example.com/orders/{id}', 'does not begin with "/"'],
    ['//orders/{id}', 'leads to another host'],
    ['/{id}#top', 'has a fragment'],
    ['/orders//{id}', 'has an empty segment'],
    ['/orders/{/id}', 'has an empty segment'],
    ['/orders/../{id}', 'has a segment "." or ".."'],
    ['/orders/%2E%2e', 'has a segment "." or ".."'],
    ['/orders /{id}', 'contains U+0020'],
    ['/bücher/{id}', 'contains U+00FC'],
    ['/orders\\{id}', 'contains "\\"'],
    ['/orders/%2{id}', 'without two hexadecimal digits'],
    ['/orders/:id', 'has ":id" as routers write it; write {id}'],
    ['/orders/{id', 'has a brace'],
    ['/orders/id}', 'has a brace'],
    ['/orders/{a{b}}', 'has a brace'],
    ['/orders/{}', "has no variable's name"],
    ['/orders/{order-id}', "has no variable's name"],
    ['/orders/{1}', "has no variable's name"],
    ['/orders/{ id }', "has no variable's name"],
    ['/orders/{=id}', "has no variable's name"],
    ['/orders/{+id}', 'would let a value such as "../admin" change the path; write {id}'],
    ['/orders/{#id}', 'makes a fragment'],
    ['/orders/{.id}', 'labels with dots'],
    ['/orders/{;id}', 'path parameters'],
    ['/orders/{id:3}', 'uses a modifier'],
    ['/orders/{id*}', 'uses a modifier'],
    ['/orders{/id*}', 'uses a modifier'],
    ['/orders/{a,b}', 'joins values with a comma; write {a}/{b}'],
    ['/orders{?a}{?b}', 'begins the query twice; write {&b}'],
    ['/orders{&a}', 'has not begun; write {?a}'],
    ['/orders{?a}{/b}', 'a query has no segments'],
  ])('%j is refused when it is compiled: %s', (template, what) => {
    expect(() => compileLocation(template)).toThrow(TypeError)
    expect(() => compileLocation(template)).toThrow(what)
  })
})
