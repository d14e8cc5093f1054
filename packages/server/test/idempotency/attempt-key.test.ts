import { describe, expect, it } from 'vitest'
import { attemptKeyOf } from '../../src/idempotency/attempt-key.ts'
import { scopeOf } from '../../src/idempotency/scope.ts'

const of = (principal: string, operation: string, key: string) =>
  attemptKeyOf({ scope: scopeOf(principal, operation), key })

describe('the key of all attempts', () => {
  it('is the same for the same principal, operation and key, in this version and every other', () => {
    // Pinned: services that were called before an upgrade know it by this text.
    expect(of('ann', 'createOrder', 'k1')).toBe('98a8e3c6-8616-86f4-a3b8-b09e1ce779c8')
  })

  it('is shaped as a UUID, and shows nothing of the key', () => {
    const attemptKey = of('ann', 'createOrder', 'secret')
    expect(attemptKey).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(attemptKey).not.toContain('secret')
  })

  it('is another one for another principal, operation or key, however they are put together', () => {
    const all = [
      of('ann', 'createOrder', 'k1'),
      of('bob', 'createOrder', 'k1'),
      of('ann', 'createRefund', 'k1'),
      of('ann', 'createOrder', 'k2'),
      of('ann', 'createOrder', 'K1'),
      of('ann" createOrder', 'x', 'k1'),
      attemptKeyOf({ scope: 'a', key: 'b","c' }),
      attemptKeyOf({ scope: 'a","b', key: 'c' }),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})
