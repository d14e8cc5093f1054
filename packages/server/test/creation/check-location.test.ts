import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLocation, parsePublicBaseUrl, toPublicLocation } from '../../src/creation/location/check-location.ts'

const BASE = 'https://api.example.com/shop/v1'

describe('a Location of the author', () => {
  it.each(['/orders/1', '/', '/orders/', '/orders/a%2Fb', "/orders/it's;v=1,2", '/orders?x=../y&z=//', '/a:b@c/...'])(
    '%s is taken',
    (value) => {
      expect(checkLocation(value)).toEqual({ kind: 'location', value })
    },
  )

  it.each([`${BASE}/orders/1`, `${BASE}/`, '/orders/1'])('%s is taken below a base', (value) => {
    expect(checkLocation(value, BASE)).toEqual({ kind: 'location', value })
  })

  it.each([
    ['', 'is empty'],
    ['orders/1', 'does not begin with "/"'],
    ['1', 'does not begin with "/"'],
    ['?x=1', 'does not begin with "/"'],
    ['./1', 'does not begin with "/"'],
    ['//evil.example/1', 'leads to another host'],
    ['/\\evil.example/1', 'contains "\\"'],
    ['/orders/1\r\nSet-Cookie: a=b', 'contains U+000D'],
    ['/orders/1\n', 'contains U+000A'],
    ['/orders/\0', 'contains U+0000'],
    ['/orders/a b', 'contains U+0020'],
    ['/naïve', 'contains U+00EF'],
    ['/😀', 'contains U+1F600'],
    ['/orders/{id}', 'contains "{"'],
    ['/orders/%', 'without two hexadecimal digits'],
    ['/orders/%zz', 'without two hexadecimal digits'],
    ['/orders/../admin', 'has a segment "." or ".."'],
    ['/orders/%2E%2e/admin', 'has a segment "." or ".."'],
    ['/orders/.%2e?x=1', 'has a segment "." or ".."'],
    ['/orders/.', 'has a segment "." or ".."'],
    ['/orders//1', 'has an empty segment'],
    ['/orders//', 'has an empty segment'],
    ['/orders/1#top', 'has a fragment'],
    ['https://api.example.com/orders/1', 'needs the setting publicBaseUrl'],
    ['javascript:alert(1)', 'needs the setting publicBaseUrl'],
    [`/${'x'.repeat(8000)}`, 'has 8001 characters'],
    [undefined as unknown as string, 'is no string but undefined'],
    [new URL(BASE) as unknown as string, 'is no string but object'],
  ])('%j is refused: it %s', (value, reason) => {
    expect(checkLocation(value)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) })
  })

  it.each([
    'https://api.example.com/orders/1',
    'https://api.example.com/shop/v11/orders/1',
    'https://api.example.com.evil.example/shop/v1/orders/1',
    'https://api.example.com@evil.example/shop/v1/orders/1',
    'http://api.example.com/shop/v1/orders/1',
    BASE,
    `${BASE}/../../admin`,
    `${BASE}//evil.example`,
    `${BASE}/#x`,
    'mailto:a@b',
  ])('%s is refused beside the base', (value) => {
    expect(checkLocation(value, BASE).kind).toBe('refused')
  })

  it('that is taken resolves to the very same text on the same host, whatever it is', () => {
    const unit = fc.constantFrom(
      '/',
      '/',
      '.',
      '%',
      '2',
      'e',
      'E',
      'F',
      '?',
      '#',
      '\\',
      '@',
      ':',
      '[',
      ' ',
      '\t',
      '\r',
      '\0',
      'a',
      "'",
      '|',
      'é',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), fc.boolean(), (text, absolute) => {
        const value = absolute ? `${BASE}/${text}` : `/${text}`
        if (checkLocation(value, BASE).kind === 'refused') return
        const url = new URL(value, `${BASE}/orders`)
        // A URL parser escapes the apostrophe of a query; nothing else may change.
        expect(url.href.replaceAll('%27', "'")).toBe(absolute ? value : `https://api.example.com${value}`)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('a public base URL', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com/', 'https://api.example.com'],
    ['HTTPS://API.example.com:443/shop/v1/', BASE],
    ['http://localhost:8080/shop', 'http://localhost:8080/shop'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s becomes %s', (text, base) => expect(parsePublicBaseUrl(text)).toBe(base))

  it.each([
    ['', 'does not begin with http:// or https:// and a host'],
    ['api.example.com', 'does not begin with'],
    ['/shop', 'does not begin with'],
    ['ftp://api.example.com', 'does not begin with'],
    ['https:///shop', 'does not begin with'],
    ['https://api.example.com:99999', 'is no URL'],
    ['https://api.example.com/shop?x=1', 'has a query'],
    ['https://api.example.com?', 'has a query'],
    ['https://api.example.com#x', 'has a fragment'],
    ['https://api.example.com/shop#', 'has a fragment'],
    ['https://api.example.com/shop/../v1', 'has a segment'],
    ['https://api.example.com//shop', 'leads to another host'],
    ['https://api.example.com/a b', 'contains U+0020'],
    ['https://api.example.com\\shop', 'contains a character that a host cannot have'],
    ['https://bücher.example', 'contains a character that a host cannot have'],
    ['https://api.example.com\n', 'contains a character that a host cannot have'],
    [42 as unknown as string, '42 is no string'],
  ])('%j is refused: it %s', (text, what) => {
    expect(() => parsePublicBaseUrl(text)).toThrow(TypeError)
    expect(() => parsePublicBaseUrl(text)).toThrow(what)
  })

  it('with credentials is refused, and they are not shown', () => {
    expect(() => parsePublicBaseUrl('https://user:hunter2@api.example.com')).toThrow('has credentials')
    expect(() => parsePublicBaseUrl('https://user:hunter2@api.example.com')).not.toThrow('hunter2')
    expect(() => parsePublicBaseUrl('https:user:hunter2@api.example.com')).not.toThrow('hunter2')
  })

  it('keeps its own path in front of every path', () => {
    expect(toPublicLocation('/orders/1', BASE)).toBe(`${BASE}/orders/1`)
    expect(toPublicLocation('/orders/1', parsePublicBaseUrl('https://api.example.com/'))).toBe(
      'https://api.example.com/orders/1',
    )
    expect(toPublicLocation('/orders/1', undefined)).toBe('/orders/1')
  })
})
