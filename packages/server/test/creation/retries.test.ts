import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HeaderLines, sendRequest } from '../../src/testing/send-request.ts'
import { openShop, type Shop } from './shop.ts'

const key = (value: string, caller = 'ann'): HeaderLines => [
  ['Idempotency-Key', value],
  ['X-Caller', caller],
]

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

describe('a key that was answered, and retried so often that the process remembers', () => {
  const BODY = '{"name":"tea","size":1}'
  const first = async () => {
    const answer = await shop.post(BODY, key('k1'))
    // The first retry is answered from the store, the next ones from memory.
    for (let retry = 0; retry < 2; retry++) await shop.post(BODY, key('k1'))
    return answer
  }
  const events = () => shop.events.map(({ event }) => event)

  it('has the same answer for the same bytes, and for another spelling of them', async () => {
    const { status, body } = await first()
    for (const text of [BODY, '{"size":1.0,"name":"tea"}', BODY]) {
      const retry = await shop.post(text, key('k1'))
      expect([retry.status, retry.body, retry.headers.get('idempotent-replayed')]).toEqual([status, body, ['true']])
    }
    expect(events().slice(1)).toEqual(Array(5).fill('creation.replayed'))
    expect(shop.items()).toHaveLength(1)
  })

  it('is refused for other bytes, another path and another query', async () => {
    await first()
    for (const retry of [
      shop.post('{"name":"tea","size":2}', key('k1')),
      shop.post(BODY, key('k1'), '/shelves/low/items'),
      shop.post(BODY, key('k1'), '/shelves/top/items?a=1'),
    ]) {
      expect(JSON.parse((await retry).body)).toMatchObject({ type: '/problems/idempotency-key-reused' })
    }
  })

  it('is not known to another caller who sends the same bytes', async () => {
    await first()
    const other = await shop.post(BODY, key('k1', 'bob'))
    expect([other.status, other.headers.has('idempotent-replayed')]).toEqual([409, false])
  })

  it('is still refused for a media type that is not read', async () => {
    await first()
    const answer = await sendRequest(shop.origin, {
      path: '/shelves/top/items',
      headers: [...key('k1'), ['Content-Type', 'text/plain']],
      body: BODY,
    })
    expect(answer.status).toBe(415)
  })

  it('logs who asked, and the key, in each of the lines', async () => {
    await first()
    const [created, ...replays] = shop.events
    expect(created).toMatchObject({ principal: expect.any(String), key: expect.any(String) })
    for (const replay of replays) expect(replay).toMatchObject({ principal: created!.principal, key: created!.key })
  })
})
