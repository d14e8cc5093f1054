import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'
import { type PaymentProvider, startProvider } from './payment-provider.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'
import { type StoreProcess, startScript } from './start-process.ts'

const SCRIPT = new URL('payment-process.mjs', import.meta.url)

// Short, since the tests wait for its end; renewed three times as often, which a busy machine must keep up with.
const LEASE_MS = 1_200

describe.skipIf(!hasRedis())('a service that charges cards', () => {
  let server: RedisServer
  let provider: PaymentProvider
  const started: StoreProcess[] = []
  /** Two processes of the service. */
  let origins: string[]

  async function start(mode: 'live' | 'die'): Promise<{ origin: string; process: StoreProcess }> {
    const process = startScript(SCRIPT, mode, String(server.port), provider.url, String(LEASE_MS))
    started.push(process)
    return { origin: (await process.heard()) as string, process }
  }
  beforeAll(async () => {
    server = await startRedis()
    provider = await startProvider()
    origins = (await Promise.all([start('live'), start('live')])).map(({ origin }) => origin)
  })
  afterAll(async () => {
    await Promise.all(started.map((process) => process.kill()))
    await provider.close()
    await server.stop()
  })
  afterEach(() => {
    provider.asked.length = 0
    provider.charges.clear()
  })

  const pay = (
    origin: string,
    onCrash: 'block' | 'rerun',
    key: string,
    { caller = 'ann', amount = 5, card = '4242' } = {},
  ): Promise<WireAnswer> =>
    sendRequest(origin, {
      path: `/${onCrash}`,
      headers: [
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', key],
        ['X-Caller', caller],
      ],
      body: JSON.stringify({ amount, card }),
    })
  const codeOf = ({ body }: WireAnswer): string => (JSON.parse(body) as { type: string }).type.replace('/problems/', '')

  /** Retries as a client does: as long as it is told that the key is in flight. */
  async function untilDecided(origin: string, onCrash: 'block' | 'rerun', key: string): Promise<WireAnswer> {
    for (;;) {
      const answer = await pay(origin, onCrash, key)
      if (answer.status !== 409 || codeOf(answer) !== 'idempotency-key-in-flight') return answer
    }
  }

  /** Sends the request to a process that charges the card and is killed before it can answer. */
  async function dieAfterCharge(onCrash: 'block' | 'rerun', key: string): Promise<void> {
    const { origin, process } = await start('die')
    const lost = expect(pay(origin, onCrash, key)).rejects.toThrow()
    expect(await process.heard()).toBe('charged')
    await process.kill()
    await lost
  }

  it('that dies after the charge charges once under `rerun`: the provider gets the same key again', async () => {
    await dieAfterCharge('rerun', 'k1')
    const [first] = origins
    const answer = await untilDecided(first!, 'rerun', 'k1')
    expect([answer.status, answer.headers.get('location')]).toEqual([201, ['/payments/charge-1']])
    expect([...provider.charges.values()]).toEqual([{ id: 'charge-1', amount: 5 }])
    expect(provider.asked).toHaveLength(2)
    expect(new Set(provider.asked).size).toBe(1)

    const replay = await pay(origins[1]!, 'rerun', 'k1')
    expect([replay.status, replay.body, replay.headers.get('idempotent-replayed')]).toEqual([
      201,
      answer.body,
      ['true'],
    ])
    expect(provider.asked).toHaveLength(2)
  })

  it('that dies after the charge never asks the provider again under `block`, and names the way out', async () => {
    await dieAfterCharge('block', 'k2')
    const answer = await untilDecided(origins[0]!, 'block', 'k2')
    expect([answer.status, codeOf(answer)]).toEqual([409, 'idempotency-key-blocked'])
    expect(answer.body).toContain('release() of the store')
    expect(provider.asked).toHaveLength(1)
    const other = await pay(origins[1]!, 'block', 'k2', { amount: 6 })
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused'])
  })

  it('charges once for fifty callers of two processes, and tells all of them of one charge', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => untilDecided(origins[index % 2]!, 'block', 'k3')),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set(['201 {"id":"charge-1","amount":5}']),
    )
    expect(provider.asked).toHaveLength(1)
  })

  it('names its attempts to the provider apart by caller, operation and key, and never by the key of a client', async () => {
    await pay(origins[0]!, 'block', 'k4')
    await pay(origins[0]!, 'block', 'k4', { caller: 'bob' })
    await pay(origins[0]!, 'rerun', 'k4')
    await pay(origins[0]!, 'block', 'k5')
    expect(new Set(provider.asked).size).toBe(4)
    for (const key of provider.asked) expect(key).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('that does not know what the provider did is blocked at once, or goes on with the same attempt', async () => {
    const card = 'answers nothing'
    const blocked = await pay(origins[0]!, 'block', 'k6', { card })
    expect([blocked.status, codeOf(blocked)]).toEqual([409, 'idempotency-key-blocked'])
    const failed = await pay(origins[0]!, 'rerun', 'k6', { card })
    expect([failed.status, codeOf(failed)]).toEqual([500, 'internal-error'])
    await pay(origins[1]!, 'rerun', 'k6', { card })
    expect(provider.asked).toHaveLength(3)
    expect(provider.charges.size).toBe(2)
  })
})
