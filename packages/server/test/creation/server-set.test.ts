import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCreation, type ServerSet } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import type { HeaderLines, WireAnswer } from '../../src/testing/send-request.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
afterEach(() => shop?.close())

const key: HeaderLines = [['Idempotency-Key', 'k1']]
const errorsOf = ({ body }: WireAnswer) => JSON.parse(body).errors
const refused = (name: string) => ({ pointer: `/${name}`, detail: 'is set by the server' })

// Takes every member, as an author's schema does who did not think of them.
const loose = z.looseObject({ name: z.string().min(1), size: z.number().optional() }) as never
const open = async (serverSet?: readonly string[] | ServerSet, input = loose) => {
  const set = serverSet === undefined ? {} : { serverSet }
  shop = await openShop({ input, represent: (row) => row, ...set })
  return shop
}

describe('members that only the server sets', () => {
  it('are refused by their pointer whatever the schema takes, beside all other faults, and nothing is created', async () => {
    await open(['id', 'createdAt'])
    const answer = await shop.post({ id: 'mine', name: '', createdAt: null, size: 'x' })
    expect(answer.status).toBe(400)
    expect(errorsOf(answer).slice(0, 2)).toEqual([refused('id'), refused('createdAt')])
    expect(errorsOf(answer).map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/id',
      '/createdAt',
      '/name',
      '/size',
    ])
    expect(shop.items()).toEqual([])
    expect((await shop.post({ name: 'tea' })).status).toBe(201)
  })

  it('are told once, though a strict schema would not know them either', async () => {
    await open(['id'], z.strictObject({ name: z.string() }) as never)
    expect(errorsOf(await shop.post({ id: 'mine', name: 'tea' }))).toEqual([refused('id')])
  })

  it('are left out before validation by choice; the fingerprint stays that of what was sent', async () => {
    await open({ members: ['id'], policy: 'strip' }, z.strictObject({ name: z.string() }) as never)
    const first = await shop.post({ id: 'mine', name: 'tea' }, key)
    expect([first.status, JSON.parse(first.body).name]).toEqual([201, 'tea'])
    expect(JSON.parse(first.body).id).not.toBe('mine')
    expect((await shop.post({ id: 'mine', name: 'tea' }, key)).headers.get('idempotent-replayed')).toEqual(['true'])
    expect((await shop.post({ id: 'other', name: 'tea' }, key)).status).toBe(422)
  })

  it('are those of the body itself: deeper ones and elements are the business of the schema', async () => {
    await open(['id'], z.looseObject({ name: z.string(), deep: z.looseObject({}) }) as never)
    expect((await shop.post({ name: 'tea', deep: { id: 1 } })).status).toBe(201)
    expect(errorsOf(await shop.post([{ id: 1 }]))).toMatchObject([{ pointer: '' }])
  })

  it('are none by default, and a member named __proto__ is refused always', async () => {
    await open()
    expect((await shop.post({ id: 'mine', name: 'tea' })).status).toBe(201)
    await shop.close()
    await open({ members: ['id'], policy: 'strip' })
    expect(errorsOf(await shop.post('{"id":1,"name":"tea","__proto__":{"id":"mine"}}'))).toEqual([
      { pointer: '/__proto__', detail: 'is a member name that is not taken' },
    ])
  })

  it.each([[['/id']], [[1]], ['id'], [{ members: ['id'], policy: 'ignore' }], [{ policy: 'strip' }]])(
    'cannot be named in another way: %j',
    (serverSet) => {
      const settings = { operation: 'createThing', store: memoryStore(), principal: 'anybody', input: loose }
      expect(() => defineCreation({ ...settings, serverSet } as never)).toThrow(/^createThing: serverSet/)
    },
  )
})

describe('an answer', () => {
  it('names the first hundred of very many errors, and says how many there are', async () => {
    await open(undefined, z.array(z.string()) as never)
    const answer = await shop.post(Array(50_000).fill(1))
    expect(errorsOf(answer)).toHaveLength(100)
    expect(JSON.parse(answer.body).detail).toBe('50000 members are not valid. The first 100 are named.')
  })

  it('stays small where names are very long', async () => {
    await open(undefined, z.strictObject({}) as never)
    const long = 'x'.repeat(2_000)
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}${long}`, 1]))
    const answer = await shop.post(many)
    expect(answer.body.length).toBeLessThan(40_000)
    expect(JSON.parse(answer.body).detail).toMatch(/^50 members are not valid. The first \d+ are named.$/)
    const deep = await shop.post({ ['y'.repeat(500_000)]: 1 })
    expect(errorsOf(deep)).toEqual([{ pointer: '', detail: 'is not a known member' }])
  })
})
