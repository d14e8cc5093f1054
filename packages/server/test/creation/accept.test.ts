import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepts } from '../../src/creation/headers/accept.ts'

const JSON_ONLY = ['application/json']

describe('Accept', () => {
  it.each([
    undefined,
    '*/*',
    'application/json',
    'Application/JSON',
    'application/*',
    'application/json, text/plain, */*',
    'text/html, application/json;q=0.9',
    'text/html;level=1, */*;q=0.1',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8";q=0.5',
    'application/json;version=1',
    'application/json;q=0.001',
    'application/json;q=1.000',
    'application/json ; q=0.5 ; ext=1',
    'text/plain;note="a, b; q=0", application/json',
    ' , ,application/json,',
    '*/*;q=0, application/json',
    'application/*;q=0, application/json;q=0.5',
    'application/json;version=2;q=0, application/json',
    'application/json;q=0, application/json',
    'application/json;q=0.5, application/json;q=0',
    '*/*;q=0.1, text/*;q=0',
  ])('%j allows JSON', (header) => expect(accepts(header, JSON_ONLY)).toBe(true))

  it.each([
    'text/html',
    'text/*',
    'image/*, text/html',
    'application/xml',
    'application/problem+json',
    'application/*+json',
    'application/jsonp',
    'application/json;q=0',
    'application/json;q=0.000',
    '*/*;q=0',
    'application/json;q=0, */*',
    'application/*;q=0, */*',
    'application/json;version=2;q=0',
    'application/json;q=0, application/json;version=2',
    'text/plain;note="application/json"',
    'text/plain;note="a\\", application/json"',
  ])('%j excludes JSON', (header) => expect(accepts(header, JSON_ONLY)).toBe(false))

  // RFC 9110 §12.5.1 weighs each of these types by its most precise range; all but one are above zero.
  it.each([
    ['text/plain', true],
    ['text/html', true],
    ['image/jpeg', true],
    ['image/png', false],
  ])('of the RFC, with image/png excluded, and %s: %s', (type, allowed) => {
    expect(
      accepts(
        'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, image/png;q=0, */*;q=0.5',
        [type],
      ),
    ).toBe(allowed)
  })

  it.each([
    '',
    ' ',
    ',',
    'json',
    'text',
    '*',
    'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
    '*/json',
    'a/b/c',
    'text/html;q=2',
    'text/html;q=0.1234',
    'text/html;q=x',
    'text/html;q',
    'text/html;=1',
    'te xt/html',
    'text/html;a="b',
    'text/ html',
  ])('that is empty or malformed is as good as absent: %j', (header) => expect(accepts(header, JSON_ONLY)).toBe(true))

  it('needs one of the types only', () => {
    expect(accepts('application/problem+json', ['application/json', 'application/problem+json'])).toBe(true)
    expect(accepts('text/html', ['application/json', 'application/problem+json'])).toBe(false)
  })

  it('allows a type that it names, with any weight but zero, wherever it stands', () => {
    const other = fc.constantFrom('text/html', 'image/*;q=0.2', 'text/plain;a="b,c"', '*/*;q=0', 'application/*;q=0')
    fc.assert(
      fc.property(fc.array(other), fc.array(other), fc.integer({ min: 0, max: 1000 }), (before, after, weight) => {
        const header = [...before, `application/json;q=${(weight / 1000).toFixed(3)}`, ...after].join(', ')
        expect(accepts(header, JSON_ONLY)).toBe(weight > 0)
      }),
    )
  })

  it('is read without a throw, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '/', ';', ',', '"', '\\', '=', 'q', '0', '.', ' ', 'é') }),
        (header) => typeof accepts(header, JSON_ONLY) === 'boolean',
      ),
    )
  })
})
