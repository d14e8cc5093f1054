import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLocation } from '../../src/creation/location/check-location.ts'
import { path } from '../../src/creation/location/path.ts'

describe('a path', () => {
  it('keeps each value within its segment', () => {
    expect(path`/shops/${'a/b'}/orders/${42}`).toBe('/shops/a%2Fb/orders/42')
    expect(path`/orders/${9007199254740993n}/${true}?view=${'a&b'}`).toBe('/orders/9007199254740993/true?view=a%26b')
    expect(path`/orders`).toBe('/orders')
  })

  it('takes dots in a query, where nothing folds them', () => {
    expect(path`/find?in=${'..'}`).toBe('/find?in=..')
  })

  it('is a Location that may be sent, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        fc.pre(!/^(\.|%2e){1,2}$/i.test(value))
        const made = path`/orders/${value}`
        expect(checkLocation(made)).toEqual({ kind: 'location', value: made })
        expect(decodeURIComponent(made.slice('/orders/'.length))).toBe(value)
      }),
    )
  })

  it.each([
    ['', 'is empty'],
    ['..', 'is "." or ".."'],
    ['\udc00', 'has half of a surrogate pair'],
    [0.5, 'is the number 0.5'],
    [undefined as unknown as string, 'is missing'],
  ])('is not made of %j, which %s', (value, reason) => {
    expect(() => path`/shops/${1}/orders/${value}`).toThrow(TypeError)
    expect(() => path`/shops/${1}/orders/${value}`).toThrow(`path\`/shops/{…}/orders/{…}\`: value 2 ${reason}`)
  })
})
