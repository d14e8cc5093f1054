import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalValue } from '../../src/creation/json/canonical-value.ts'
import { readJson } from '../../src/creation/json/read-json.ts'

function fromText(value: unknown): string {
  const reading = readJson(JSON.stringify(value))
  if (reading.kind !== 'json') throw new Error(reading.detail)
  return reading.canonical()
}

describe('the canonical form of a parsed body', () => {
  it('is that of its text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const canonical = canonicalValue(value)
        if (canonical.kind === 'canonical') expect(canonical.text).toBe(fromText(value))
        else expect(canonical.kind).toBe('inexact')
      }),
    )
  })

  it('is that of its text for what JSON.stringify can write', () => {
    const anything = fc.anything({
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    fc.assert(
      fc.property(fc.record({ member: anything }), (value) => {
        const canonical = canonicalValue(value)
        if (canonical.kind === 'canonical') expect(canonical.text).toBe(fromText(value))
      }),
    )
  })

  it.each([
    [
      { at: new Date(0), none: undefined, list: [undefined, Number.NaN] },
      '{"at":"1970-01-01T00:00:00.000Z","list":[null,null]}',
    ],
    [Object.assign(Object.create(null), { b: 1, a: -0 }), '{"a":0,"b":1}'],
    [JSON.parse('{"__proto__":{"x":1}}'), '{"__proto__":{"x":1}}'],
    ['text', '"text"'],
  ])('of %j is %s', (value, text) => expect(canonicalValue(value)).toEqual({ kind: 'canonical', text }))

  it('has the digits of bigints, which a parser that keeps large integers makes', () => {
    const text = '{"even":9007199254740992,"id":9007199254740993,"small":1}'
    expect(canonicalValue({ id: 9007199254740993n, small: 1n, even: 9007199254740992n })).toEqual({
      kind: 'canonical',
      text,
    })
    const reading = readJson(text)
    expect(reading.kind === 'json' && reading.canonical()).toBe(text)
  })

  it('is refused for integers that may have lost digits, by pointer', () => {
    expect(canonicalValue({ a: [1, 2 ** 53], 'b/c': -1e300, d: 2 ** 53 - 1, e: 0.1 })).toEqual({
      kind: 'inexact',
      pointers: ['/a/1', '/b~1c'],
    })
  })

  it('is refused beyond 64 levels, and for a value inside itself', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(canonicalValue(nested(64)).kind).toBe('canonical')
    expect(canonicalValue(nested(65))).toEqual({ kind: 'malformed', detail: 'The nesting is deeper than 64 levels.' })
    const loop: unknown[] = []
    loop.push(loop)
    expect(canonicalValue(loop).kind).toBe('malformed')
  })

  it('is a fault of the caller for what JSON cannot say', () => {
    expect(() => canonicalValue(undefined)).toThrow(TypeError)
    expect(() => canonicalValue(() => 1)).toThrow(TypeError)
  })
})
