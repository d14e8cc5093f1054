import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createReplayCache, type ReplayCache } from '../../src/idempotency/replay-cache.ts'
import { type ManualTime, manualTime } from '../../src/testing/manual-time.ts'

const HOUR = 3_600_000
const record = (body: string) => ({
  fingerprint: '1:f',
  answer: { status: 201, headers: { Location: '/1' }, body },
  asked: undefined,
})

let time: ManualTime
let cache: ReplayCache
beforeEach(() => {
  time = manualTime()
  cache = createReplayCache({ maxBytes: 10_000, time })
})
const put = (id: string, body = 'body', expiresAt = time.now() + HOUR) =>
  cache.put(id, record(body), expiresAt, cache.erasures)

describe('a cached record', () => {
  it('is what was put, until it expires', () => {
    put('a', 'body', time.now() + 1_000)
    expect(cache.get('a')).toMatchObject(record('body'))
    time.move(999)
    expect(cache.get('a')).toBeDefined()
    time.move(1)
    expect(cache.get('a')).toBeUndefined()
  })

  it('is forgotten after a minute, however long it is kept in the store', () => {
    put('a')
    time.move(59_999)
    expect(cache.get('a')).toBeDefined()
    time.move(1)
    expect(cache.get('a')).toBeUndefined()
    expect(cache.bytes).toBe(0)
  })

  it('replaces the one before it', () => {
    put('a', 'one')
    put('a', 'two')
    expect(cache.get('a')?.answer.body).toBe('two')
  })
})

describe('the bound', () => {
  it('drops what was not asked for the longest', () => {
    put('a', 'x'.repeat(1_500))
    put('b', 'x'.repeat(1_500))
    cache.get('a')
    put('c', 'x'.repeat(1_500))
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((one) => one !== undefined)).toEqual([
      true,
      false,
      true,
    ])
  })

  it('keeps nothing that is larger than the whole, and drops nothing for it', () => {
    put('a')
    put('b', 'x'.repeat(10_000))
    expect(cache.get('b')).toBeUndefined()
    expect(cache.get('a')).toBeDefined()
  })

  it('of zero keeps nothing', () => {
    cache = createReplayCache({ maxBytes: 0, time })
    put('a')
    expect(cache.get('a')).toBeUndefined()
  })

  it('holds after any sequence of puts and gets', () => {
    const step = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(6_000), fc.boolean(), fc.nat(70_000))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        cache = createReplayCache({ maxBytes: 10_000, time })
        for (const [id, length, isPut, ms] of steps) {
          if (isPut) put(id, 'x'.repeat(length))
          else cache.get(id)
          time.move(ms)
          expect(cache.bytes).toBeGreaterThanOrEqual(0)
          expect(cache.bytes).toBeLessThanOrEqual(10_000)
        }
        time.move(HOUR)
        for (const id of ['a', 'b', 'c', 'd']) expect(cache.get(id)).toBeUndefined()
        expect(cache.bytes).toBe(0)
      }),
    )
  })
})
