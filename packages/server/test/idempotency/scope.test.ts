import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { scopeOf } from '../../src/idempotency/scope.ts'
import { openShop, type Shop } from '../creation/shop.ts'

describe('a scope', () => {
  it('is another one for another principal or operation, whatever they are called', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', '"', '\\', ' ', ':', '1', '\0', '\n', '\ud800', '\udc00', 'é'),
    })
    fc.assert(
      fc.property(name, name, name, name, (principal, operation, otherPrincipal, otherOperation) => {
        const isSame = principal === otherPrincipal && operation === otherOperation
        expect(scopeOf(principal, operation) === scopeOf(otherPrincipal, otherOperation)).toBe(isSame)
      }),
    )
  })

  it('has nothing that a database cuts at or replaces', () => {
    for (const principal of ['a\0b', '\ud800', 'a\nb', '\udc00\ud800']) {
      expect(Buffer.from(scopeOf(principal, 'createThing')).toString()).toBe(scopeOf(principal, 'createThing'))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(scopeOf(principal, 'createThing')).not.toMatch(/[\0-\x1f]/)
    }
  })
})

describe('callers whose names differ only behind a NUL, or in half of a surrogate pair', () => {
  let shop: Shop
  afterEach(() => shop.close())

  it.each([
    ['ann\0a', 'ann\0b'],
    ['\ud800', '\ud801'],
  ])("do not get each other's answers: %j and %j", async (...callers) => {
    let caller = ''
    shop = await openShop({
      principal: () => caller,
      duplicates: 'allow',
      create: (input, { tx }) => {
        const item = { id: `${input.name}-of-${callers.indexOf(caller)}`, shelf: 'top', name: input.name }
        tx.prepare('insert into item (id, shelf, name) values (?, ?, ?)').run(item.id, item.id, item.name)
        return [item, 201]
      },
    })
    const locations: unknown[] = []
    for (caller of callers) {
      const answer = await shop.post({ name: 'tea' }, [['Idempotency-Key', 'k1']])
      locations.push(answer.headers.get('location')?.[0], answer.headers.get('idempotent-replayed'))
    }
    expect(locations).toEqual(['/shelves/top/items/tea-of-0', undefined, '/shelves/top/items/tea-of-1', undefined])
  })
})
