import type { IncomingMessage, ServerResponse } from 'node:http'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idempotent } from '../../src/adapters/idempotent/node.ts'
import { defineIdempotent, type Guard } from '../../src/guard/index.ts'
import { type RedisStore, redisStore } from '../../src/stores/redis.ts'
import { createGate } from '../../src/testing/gate.ts'
import { manualTime } from '../../src/testing/manual-time.ts'
import { sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'
import { hasRedis, type RedisServer, startRedis } from '../stores/redis-server.ts'
import { type Served, serve } from './serve.ts'

describe.skipIf(!hasRedis())('a guard over Redis', () => {
  let server: RedisServer
  let client: Redis
  let store: RedisStore
  let served: Served[]
  let charges: number
  let handler: (request: IncomingMessage, response: ServerResponse) => unknown
  let guards: Guard<IncomingMessage>[]
  const time = manualTime()

  beforeAll(async () => {
    server = await startRedis()
    client = new Redis({ port: server.port, host: '127.0.0.1' })
  })
  afterAll(async () => {
    client.disconnect()
    await server.stop()
  })
  beforeEach(async () => {
    await client.flushall()
    store = redisStore({ ioredis: client })
    charges = 0
    handler = charge
    served = []
    guards = []
  })
  afterEach(async () => {
    for (const one of served) await one.close()
    await store.close()
  })

  function charge(_request: IncomingMessage, response: ServerResponse): void {
    charges += 1
    response.writeHead(201, { Location: `/charges/${charges}` }).end('{}')
  }

  /** Serves the route by a process of its own, as far as a guard knows. */
  async function open(onCrash: 'block' | 'rerun'): Promise<Served> {
    const settings = { operation: 'createCharge', store, principal: 'anybody', idempotency: 'required', time } as const
    const guard = defineIdempotent<undefined, IncomingMessage, typeof onCrash>({ ...settings, onCrash })
    const one = await serve(idempotent(guard, (request, response) => handler(request, response)))
    served.push(one)
    guards.push(guard)
    return one
  }
  const post = ({ origin }: Served, key = 'k1', body = '{"amount":1}'): Promise<WireAnswer> =>
    sendRequest(origin, {
      path: '/charges',
      headers: [
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', key],
      ],
      body,
    })
  const executed = (answers: readonly WireAnswer[]): number =>
    answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotent-replayed')).length
  const typeOf = ({ body }: WireAnswer): string => JSON.parse(body).type

  it('runs the handler once for twenty retries that race on two instances, and replays on both', async () => {
    const [one, other] = [await open('block'), await open('block')]
    const answers = await Promise.all(Array.from({ length: 20 }, (_, turn) => post(turn % 2 === 0 ? one : other)))
    for (const { status } of answers) expect([201, 409]).toContain(status)
    expect([charges, executed(answers)]).toEqual([1, 1])
    for (const instance of [one, other]) {
      const { headers } = await post(instance)
      expect([headers.get('location'), headers.get('idempotent-replayed')]).toEqual([['/charges/1'], ['true']])
    }
  })

  it('hands through the key for services that the handler calls, the same for each attempt, and no transaction', async () => {
    const seen: unknown[] = []
    const service = await open('rerun')
    handler = (request, response) => {
      const { attemptKey, tx } = guards[0]!.contextOf(request)!
      seen.push(attemptKey, tx)
      response.writeHead(502).end()
    }
    await post(service)
    await post(service)
    expect(seen).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), undefined, seen[0], undefined])
  })

  it.each([
    ['answers 502', (response: ServerResponse) => response.writeHead(502).end('gateway'), 502, 'gateway'],
    ['destroys its response after the effect', (response: ServerResponse) => response.destroy(), undefined, undefined],
  ])('under block, runs the key never again where the handler %s', async (_, end, status, body) => {
    const service = await open('block')
    handler = (_request, response) => {
      charges += 1
      end(response)
    }
    const first = await post(service).catch(() => undefined)
    expect([first?.status, first?.body]).toEqual([status, body])
    handler = charge
    let retry = await post(service)
    while (typeOf(retry) === '/problems/idempotency-key-in-flight') retry = await post(service)
    expect([retry.status, typeOf(retry), charges]).toEqual([409, '/problems/idempotency-key-blocked', 1])
    expect((await store.release({ principal: 'anybody', operation: 'createCharge', key: 'k1' })).kind).toBe('released')
    expect((await post(service)).status).toBe(201)
  })

  it('under block, answers that the key is blocked where the handler throws', async () => {
    const service = await open('block')
    handler = () => {
      throw new Error('select * from secret')
    }
    const first = await post(service)
    expect([first.status, typeOf(first)]).toEqual([409, '/problems/idempotency-key-blocked'])
    expect(first.body).not.toMatch(/secret/)
  })

  it('under rerun, runs the handler again after a 5xx, and only for the same request', async () => {
    const service = await open('rerun')
    handler = (_request, response) => void response.writeHead(503).end('later')
    expect([(await post(service)).body, (await post(service)).body]).toEqual(['later', 'later'])
    handler = charge
    expect((await post(service, 'k1', '{"amount":2}')).status).not.toBe(201)
    expect([(await post(service)).status, charges]).toEqual([201, 1])
  })

  it('frees the key after a 4xx, also for a changed request', async () => {
    const service = await open('block')
    handler = (_request, response) => void response.writeHead(402).end()
    expect((await post(service)).status).toBe(402)
    handler = charge
    expect([(await post(service, 'k1', '{"amount":2}')).status, charges]).toEqual([201, 1])
  })

  it('gives up a handler that never answers, and blocks its key', async () => {
    const entered = createGate()
    const service = await open('block')
    handler = () => entered.open()
    const first = post(service)
    await entered.opened
    time.move(60_000)
    expect(typeOf(await first)).toBe('/problems/idempotency-key-blocked')
    expect(typeOf(await post(service))).toBe('/problems/idempotency-key-blocked')
  })

  it('answers 503 and runs nothing while Redis is away', async () => {
    const service = await open('block')
    server.freeze()
    try {
      const impatient = redisStore({ ioredis: client, answerMs: 50 })
      const guard = defineIdempotent({
        operation: 'createCharge',
        store: impatient,
        onCrash: 'block',
        principal: 'anybody',
        idempotency: 'required',
      })
      const other = await serve(idempotent(guard, (request, response) => handler(request, response)))
      served.push(other)
      expect(typeOf(await post(other))).toBe('/problems/store-unavailable')
      expect(charges).toBe(0)
    } finally {
      server.thaw()
    }
    expect((await post(service)).status).toBe(201)
  })
})
