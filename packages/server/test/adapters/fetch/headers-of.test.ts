import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { headersOf } from '../../../src/adapters/fetch/headers-of.ts'

const seen = headersOf(new Headers({ 'Content-Type': 'application/json', 'X-Tenant': 'a' }))
const asRecord = { 'content-type': 'application/json', 'x-tenant': 'a' }

describe('the headers that a creation sees of a Request', () => {
  it('are found by their names in lower case, as on every other adapter', () => {
    expect([seen['content-type'], seen['x-tenant'], seen['X-Tenant'], seen['x-other']]).toEqual([
      'application/json',
      'a',
      undefined,
      undefined,
    ])
  })

  it('are copied, listed and shown like a record', () => {
    expect({ ...seen }).toEqual(asRecord)
    expect(Object.entries(seen)).toEqual(Object.entries(asRecord))
    expect(JSON.parse(JSON.stringify(seen))).toEqual(asRecord)
    expect(inspect(seen)).toBe(inspect(asRecord))
    expect(['x-tenant' in seen, 'x-other' in seen]).toEqual([true, false])
  })

  it('have nothing under what is no name of a header', () => {
    for (const name of ['', 'a b', 'ä', 'constructor', 'then']) expect(seen[name]).toBeUndefined()
    expect(Reflect.get(seen, Symbol.iterator)).toBeUndefined()
  })

  it('are not changed', () => {
    expect(() => Object.assign(seen, { 'x-tenant': 'b' })).toThrow(TypeError)
    expect(() => Reflect.deleteProperty(seen, 'x-tenant') || seen['x-tenant']).not.toThrow()
    expect(seen['x-tenant']).toBe('a')
  })
})
