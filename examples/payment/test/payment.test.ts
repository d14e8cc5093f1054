import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sendRequest, type WireAnswer } from '../../../packages/server/src/testing/send-request.ts'
import { hasRedis, type RedisServer, startRedis } from '../../../packages/server/test/stores/redis-server.ts'
// @ts-expect-error: the example has no types
import { startProvider } from '../provider.mjs'
import { type Service, startService } from './start-service.ts'

interface Charge {
  readonly id: string
  readonly amount: number
  readonly asked: number
}

describe.skipIf(!hasRedis())('the example that charges at a provider', () => {
  let redis: RedisServer
  let provider: { readonly url: string; readonly charges: Map<string, Charge>; close(): Promise<void> }
  /** What the provider does between a charge and its answer; whether the answer is lost. */
  let isLost: () => Promise<boolean>
  const services: Service[] = []

  async function start(): Promise<Service> {
    const service = await startService(`redis://127.0.0.1:${redis.port}`, provider.url)
    services.push(service)
    return service
  }
  beforeAll(async () => {
    redis = await startRedis()
    provider = await startProvider(0, { isLost: () => isLost() })
    await Promise.all([start(), start()])
  })
  afterAll(async () => {
    await Promise.all(services.map((service) => service.kill()))
    await provider.close()
    await redis.stop()
  })
  afterEach(() => provider.charges.clear())

  const pay = ({ origin }: Service, key: string): Promise<WireAnswer> =>
    sendRequest(origin, {
      path: '/payments',
      headers: [
        ['Authorization', 'Bearer secret-of-ann'],
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', key],
      ],
      body: JSON.stringify({ amount: 500, currency: 'EUR' }),
    })
  /** Retries as a client does: as long as it is told that the key is in flight. */
  async function untilDecided(service: Service, key: string): Promise<WireAnswer> {
    for (;;) {
      const answer = await pay(service, key)
      if (!answer.body.includes('/problems/idempotency-key-in-flight')) return answer
    }
  }
  const charged = (): readonly (readonly [amount: number, asked: number])[] =>
    [...provider.charges.values()].map(({ amount, asked }) => [amount, asked])

  it('charges once where it is killed between the charge and its answer, and the client retries', async () => {
    const doomed = await start()
    isLost = async () => {
      await doomed.kill()
      return true
    }
    await expect(pay(doomed, 'k1')).rejects.toThrow()
    expect(charged()).toEqual([[500, 1]])

    const [first, second] = services
    const answer = await untilDecided(first!, 'k1')
    expect([answer.status, answer.headers.get('location')]).toEqual([201, ['/payments/ch1']])
    // The provider was asked again, with the same key: there is still one charge.
    expect(charged()).toEqual([[500, 2]])

    const replay = await pay(second!, 'k1')
    expect([replay.status, replay.body, replay.headers.get('idempotent-replayed')]).toEqual([
      201,
      answer.body,
      ['true'],
    ])
    expect(charged()).toEqual([[500, 2]])
  })

  it('charges once where the answer of the provider is lost, without a word of it to the client', async () => {
    isLost = async () => true
    expect((await pay(services[0]!, 'k2')).status).toBe(201)
    expect(charged()).toEqual([[500, 2]])
  })

  it('charges once for twenty callers of two processes, and twice for two keys', async () => {
    isLost = async () => false
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => untilDecided(services[n % 2]!, 'k3')))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set(['201 {"id":"ch1","amount":500,"currency":"EUR"}']),
    )
    expect(charged()).toEqual([[500, 1]])
    await pay(services[0]!, 'k4')
    expect(charged()).toEqual([
      [500, 1],
      [500, 1],
    ])
  })
})
