import { afterEach, describe, expect, it } from 'vitest'
import { type Client, createClient } from '../../src/http/client.ts'
import { retryAfterMs } from '../../src/http/retry-after.ts'
import { serve } from '../targets/serve.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

describe('Retry-After', () => {
  const at = Date.parse('2025-01-01T00:00:00Z')
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Wed, 01 Jan 2025 00:00:07 GMT', 7_000],
    ['Tue, 31 Dec 2024 00:00:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
  ])('%s is read as %s milliseconds', (value, expected) => {
    expect(retryAfterMs([['retry-after', value]], at)).toBe(expected)
  })
  it('says nothing where it is absent', () => expect(retryAfterMs([], at)).toBeUndefined())
})

describe('a request that is refused for its pace', () => {
  /** A target that refuses the first requests, on a clock that only waiting moves. */
  async function limited(refusals: number, retryAfter: string | undefined, onSleep?: (client: Client) => void) {
    const seen: string[] = []
    const target = await serve(
      () => ({}),
      (method) => {
        seen.push(method)
        if (seen.length > refusals) return { status: 201, body: {} }
        return { status: 429, headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter } }
      },
    )
    let clock = 0
    const client: Client = createClient({
      origin: target.origin,
      now: () => clock,
      sleep: async (ms) => {
        clock += ms
        onSleep?.(client)
      },
    })
    closing.push(target.close, client.close)
    const send = () => client.send({ method: 'POST', url: `${target.origin}/books`, body: '{}' })
    return { seen, send, client, waited: () => clock }
  }

  it('is sent again after the wait that was asked for, and every answer is kept', async () => {
    const { send, seen, client, waited } = await limited(2, '3')
    expect((await send()).response?.status).toBe(201)
    expect(waited()).toBe(6_000)
    expect(seen).toEqual(['POST', 'POST', 'POST'])
    expect(client.exchanges.map(({ response }) => response?.status)).toEqual([429, 429, 201])
  })

  it('holds back the others too', async () => {
    const { send, seen, waited } = await limited(1, '3')
    await Promise.all([send(), send()])
    expect(waited()).toBeGreaterThanOrEqual(3_000)
    expect(seen.length).toBeLessThanOrEqual(3)
  })

  it.each([
    ['nobody says for how long', undefined],
    ['the wait is longer than a minute', '61'],
  ])('is not sent again where %s', async (_, retryAfter) => {
    const { send, seen, waited } = await limited(1, retryAfter)
    expect((await send()).response?.status).toBe(429)
    expect(seen).toHaveLength(1)
    expect(waited()).toBe(0)
  })

  it('is given up after three waits', async () => {
    const { send, seen } = await limited(99, '1')
    expect((await send()).response?.status).toBe(429)
    expect(seen).toHaveLength(4)
  })

  it('is not sent again when the run was stopped while it waited', async () => {
    const { send, seen, waited } = await limited(1, '30', (client) => client.stop())
    expect((await send()).response?.status).toBe(429)
    expect(seen).toHaveLength(1)
    expect(waited()).toBeLessThan(1_000)
  })
})
