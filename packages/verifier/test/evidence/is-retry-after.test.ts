import { describe, expect, test } from 'vitest'
import { isRetryAfter } from '../../src/evidence/is-retry-after.ts'

describe('a Retry-After', () => {
  test.each([
    '0',
    '120',
    'Fri, 31 Dec 1999 23:59:59 GMT',
    'Friday, 31-Dec-99 23:59:59 GMT',
    'Wednesday, 31-Dec-99 23:59:59 GMT',
    'Fri Dec  3 23:59:59 1999',
  ])('may be %s', (value) => {
    expect(isRetryAfter(value)).toBe(true)
  })

  test.each(['', '-1', '0.5', '30s', 'soon', '2030-01-01T00:00:00Z', '1, 2', '1735689600 GMT'])(
    'is not %s',
    (value) => {
      expect(isRetryAfter(value)).toBe(false)
    },
  )
})
