import { describe, expect, test } from 'vitest'
import { losses } from '../../src/evidence/losses.ts'
import type { Operation } from '../../src/experiments/operation.ts'
import { targetFromExample } from '../../src/index.ts'

const target = targetFromExample({ method: 'POST', url: 'http://127.0.0.1:1/teas', body: { tags: ['a'] } })
const [creation] = target.creations
const operation = { creation, target, schemaIsGuess: true } as unknown as Operation
const lost = (sent: unknown, seen: unknown) => losses({ it: sent }, { it: seen }, operation).lost.length > 0

describe('a list that is read back', () => {
  test.each([
    ['the same', [13.4, 52.5], [13.4, 52.5]],
    ['a set of texts in another order', ['ann', 'bob'], ['bob', 'ann']],
    ['texts with one that the server adds', ['ann', 'bob'], ['owner', 'bob', 'ann']],
    ['objects with one that the server adds', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }, { a: 3 }]],
  ])('is whole: %s', (_, sent, seen) => {
    expect(lost(sent, seen)).toBe(false)
  })

  test.each([
    ['numbers turned round, which may be a place on the earth', [13.4, 52.5], [52.5, 13.4]],
    ['objects in another order', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }]],
    ['one text less', ['ann', 'bob'], ['ann']],
    ['one text in the place of another', ['ann', 'bob'], ['ann', 'eve']],
    ['a text that was sent twice, once', ['ann', 'ann'], ['ann']],
  ])('is not whole: %s', (_, sent, seen) => {
    expect(lost(sent, seen)).toBe(true)
  })
})
