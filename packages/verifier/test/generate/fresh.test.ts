import { describe, expect, it } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'

describe('fresh values', () => {
  it('are the same for the same seed', () => {
    const [a, b] = [createFresh(1), createFresh(1)]
    expect([a.text(), a.uuid(), a.integer(1, 9), a.random()]).toEqual([b.text(), b.uuid(), b.integer(1, 9), b.random()])
  })

  it('differ between seeds', () => {
    expect(createFresh(1).token(8)).not.toBe(createFresh(2).token(8))
  })

  it('differ between salts, in the unique part only', () => {
    const [a, b] = [createFresh(1, { salt: 'monday' }), createFresh(1, { salt: 'tuesday' })]
    expect(a.token(8)).not.toBe(b.token(8))
    expect(a.random()).toBe(b.random())
  })

  it('begin with the marker where they are text', () => {
    expect(createFresh(42).text()).toMatch(/^createonce-42-[a-z0-9]{8}$/)
  })

  it('use up a small space before they repeat', () => {
    const fresh = createFresh(7)
    expect(new Set(Array.from({ length: 36 }, () => fresh.token(1)))).toHaveLength(36)
    const numbers = Array.from({ length: 100 }, () => fresh.integer(1, 100))
    expect(new Set(numbers)).toHaveLength(100)
    expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([1, 100])
  })

  it('still come when the space is used up', () => {
    const fresh = createFresh(7)
    expect(Array.from({ length: 20 }, () => fresh.token(1, 'ab'))).toHaveLength(20)
  })

  it('are well-formed UUIDs of version 4', () => {
    expect(createFresh(7).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('do not depend on the clock unless one is given', () => {
    expect(createFresh(1).now.toISOString()).toBe('2030-01-01T00:00:00.000Z')
    const now = new Date('2027-05-05T00:00:00Z')
    expect(createFresh(1, { now }).now).toBe(now)
  })
})
