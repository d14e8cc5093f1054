import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  CURRENT_FINGERPRINT_VERSION,
  compareFingerprint,
  type FingerprintParts,
  fingerprintOf,
  fingerprintVersions,
} from '../../src/idempotency/fingerprint.ts'

const parts: FingerprintParts = { method: 'POST', path: '/orders', query: 'a=1', canonicalBody: '{"total":1}' }

/** Few characters, digits and colons among them, so that parts run into each other in every way. */
const text = fc.string({ unit: fc.constantFrom('1', '2', ':', '/', 'a', '|'), maxLength: 4 })
const anyParts = fc.record({ method: text, path: text, query: text, canonicalBody: text })

describe('a fingerprint', () => {
  it('names its version and is stable across releases', () => {
    const framed = '4:POST7:/orders3:a=1{"total":1}'
    expect(fingerprintOf(parts)).toBe(`1:${createHash('sha256').update(framed).digest('base64url')}`)
    expect(fingerprintOf(parts)).toBe('1:T6iBiOI-vKJhS8syONWT3hlmS-vyQV3oT05T0bFjYBg')
    expect(fingerprintOf(parts)).toHaveLength(45)
  })

  it('is made by the current version of the table', () => {
    expect(fingerprintVersions.get(CURRENT_FINGERPRINT_VERSION)!(parts)).toBe(fingerprintOf(parts))
  })

  it('digests text beyond ASCII as UTF-8', () => {
    const body = { ...parts, canonicalBody: '"é😀"' }
    expect(fingerprintOf(body)).toBe(
      `1:${createHash('sha256').update('4:POST7:/orders3:a=1"é😀"', 'utf8').digest('base64url')}`,
    )
  })

  it('is the same on a runtime without crypto.hash', async () => {
    vi.resetModules()
    vi.doMock('node:crypto', async (original) => ({ ...(await original<object>()), hash: undefined }))
    try {
      const { fingerprintOf: withoutHash } = await import('../../src/idempotency/fingerprint.ts')
      expect(withoutHash({ ...parts, canonicalBody: '"é😀"' })).toBe(
        fingerprintOf({ ...parts, canonicalBody: '"é😀"' }),
      )
    } finally {
      vi.doUnmock('node:crypto')
      vi.resetModules()
    }
  })

  it('is equal for equal parts only, wherever one part ends and the next begins', () => {
    fc.assert(
      fc.property(anyParts, anyParts, (a, b) => {
        const equal =
          a.method === b.method && a.path === b.path && a.query === b.query && a.canonicalBody === b.canonicalBody
        expect(fingerprintOf(a) === fingerprintOf(b)).toBe(equal)
      }),
      { numRuns: 5000 },
    )
    const cuts = [
      { method: 'POST', path: '/a', query: 'bc', canonicalBody: 'd' },
      { method: 'POST', path: '/ab', query: 'c', canonicalBody: 'd' },
      { method: 'POST', path: '/abc', query: '', canonicalBody: 'd' },
      { method: 'POST/', path: 'a', query: 'bc', canonicalBody: 'd' },
      { method: 'POST', path: '/a', query: '', canonicalBody: 'bcd' },
      { method: 'POST', path: '/a', query: 'b', canonicalBody: 'cd' },
    ]
    expect(new Set(cuts.map(fingerprintOf)).size).toBe(cuts.length)
  })

  it('sees a trailing slash and the order of the query', () => {
    expect(fingerprintOf({ ...parts, path: '/orders/' })).not.toBe(fingerprintOf(parts))
    expect(fingerprintOf({ ...parts, query: 'b=2&a=1' })).not.toBe(fingerprintOf({ ...parts, query: 'a=1&b=2' }))
  })
})

describe('a recorded fingerprint', () => {
  it('is the same as, or different from, a request', () => {
    expect(compareFingerprint(fingerprintOf(parts), parts)).toBe('same')
    expect(compareFingerprint(fingerprintOf(parts), { ...parts, query: '' })).toBe('different')
  })

  it('of an older version is compared by that version', () => {
    const versions = new Map([...fingerprintVersions, ['0', ({ path }: FingerprintParts) => `0:${path}`]])
    expect(compareFingerprint('0:/orders', parts, versions)).toBe('same')
    expect(compareFingerprint('0:/other', parts, versions)).toBe('different')
  })

  it.each(['9:abc', 'abc', '', ':abc', '__proto__:abc', 'toString:'])(
    'of an unknown version says so: %j',
    (recorded) => {
      expect(compareFingerprint(recorded, parts)).toBe('unknown-version')
    },
  )
})
