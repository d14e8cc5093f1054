import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reduced, reductionsOf } from '../../src/shrink/reductions.ts'
import { smallestOf } from '../../src/shrink/smallest-of.ts'

const valid = () => ''

describe('a body', () => {
  test('is reduced to one element of each array, short numbers, and no member that may go', () => {
    const body = { name: 'tea', prices: [1234, 5678], kind: { code: 77, of: ['a', 'b', 'c'] } }
    const needed = (one: unknown): string => {
      const { name, prices, kind } = one as Partial<typeof body>
      return name && prices && kind?.of ? '' : 'required'
    }
    const ways = reductionsOf(body, [], needed)
    expect(reduced(body, ways, [], needed)).toEqual({ name: 'tea', prices: [1], kind: { of: ['a'] } })
    expect(body.prices).toEqual([1234, 5678])
  })

  test('keeps what is spared, with all that it lies in', () => {
    const body = { kind: { code: 77, note: 'x' }, other: 1 }
    expect(reduced(body, reductionsOf(body, ['/kind/code'], valid), ['/kind/code'], valid)).toEqual({
      kind: { code: 77 },
    })
  })

  test('loses a member that another one brings along only after it', () => {
    const body = { card: '1', expires: '2' }
    const faults = (one: unknown) => ('card' in (one as object) && !('expires' in (one as object)) ? 'dependent' : '')
    const ways = [
      { kind: 'without', pointer: '/expires' },
      { kind: 'without', pointer: '/card' },
    ] as const
    expect(reduced(body, ways, [], faults)).toEqual({})
  })

  test('never gets another fault than it has', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 1, max: 5 }), (body, modulus) => {
        const faults = (one: unknown) => String(JSON.stringify(one).length % modulus)
        expect(faults(reduced(body, reductionsOf(body, [], faults), [], faults))).toBe(faults(body))
      }),
    )
  })
})

describe('the smallest', () => {
  test('leaves out exactly what the fault does not need', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer(), { maxLength: 20 }),
        fc.func(fc.boolean()),
        async (all, isNeeded) => {
          const needed = all.filter((one) => isNeeded(one))
          const found = await smallestOf(all, async (without) =>
            without.some((one) => needed.includes(one)) ? undefined : without,
          )
          expect([...(found ?? [])].sort()).toEqual(all.filter((one) => !needed.includes(one)).sort())
        },
      ),
    )
  })

  test('is found at once where nothing is needed', async () => {
    let tries = 0
    await smallestOf([1, 2, 3, 4], async () => ++tries)
    expect(tries).toBe(1)
  })
})
