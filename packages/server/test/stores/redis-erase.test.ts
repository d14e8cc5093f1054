import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { type RedisStore, redisStore } from '../../src/stores/redis.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

describe.skipIf(!hasRedis())('erasing in Redis', () => {
  let server: RedisServer
  const clients: Redis[] = []
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect()
    await server.command('FLUSHALL')
  })

  const open = (settings: { prefix?: string; keyPrefix?: string; answerMs?: number } = {}): RedisStore => {
    const { keyPrefix, ...others } = settings
    const client = new Redis({ host: '127.0.0.1', port: server.port, ...(keyPrefix !== undefined && { keyPrefix }) })
    clients.push(client)
    return redisStore({ ...others, ioredis: client })
  }
  const create = async (store: RedisStore, count: number, principal = 'ann'): Promise<void> => {
    const claim = { scope: `"${principal}" createThing`, fingerprint: '1:f', retentionMs: 60_000, onCrash: 'block' }
    const answer = { status: 201, headers: {} }
    await Promise.all(
      Array.from({ length: count }, (_, index) =>
        store.once({ ...claim, onCrash: 'block', key: `k${index}` }, async () => ({
          kind: 'commit',
          result: 0,
          answer,
        })),
      ),
    )
  }
  const size = () => server.command('DBSIZE')

  it('finds the names among many others, and leaves what is not its own', async () => {
    const store = open()
    await create(store, 500)
    await create(store, 500, 'bob')
    await server.command('SET', 'createonce:{text}', 'of-somebody-else')
    await server.command('HSET', 'another:{hash}', 'scope', '"ann"', 'state', 'done')
    expect(await store.erase({ principal: 'ann', batchSize: 10 })).toBe(500)
    expect(await size()).toBe(':502\r\n')
  })

  it('finds them where the client puts a prefix in front of every name', async () => {
    const store = open({ keyPrefix: 'shop:' })
    await create(store, 5)
    expect(await server.command('KEYS', 'shop:createonce:*')).toContain('*5')
    expect(await store.erase({ principal: 'ann' })).toBe(5)
    expect(await size()).toBe(':0\r\n')
  })

  it('takes no sign of a prefix for a pattern', async () => {
    const [own, others] = [open({ prefix: 'a*[b]?\\:' }), open({ prefix: 'aX[b]?\\:' })]
    await create(own, 3)
    await create(others, 3)
    expect(await own.erase({ principal: 'ann' })).toBe(3)
    expect(await size()).toBe(':3\r\n')
    expect(await others.erase({ principal: 'ann' })).toBe(3)
  })

  it('says that it was broken off where Redis does not answer, and goes on when it is called again', async () => {
    const store = open({ answerMs: 200 })
    await create(store, 5)
    server.freeze()
    const refused = store.erase({ principal: 'ann' })
    await expect(refused).rejects.toThrow(StoreUnavailableError)
    await expect(refused).rejects.toThrow(
      'broken off: Redis cannot be used: No answer within 200 ms. Records erased so far: 0.',
    )
    server.thaw()
    let erased = 0
    while (erased === 0) erased = await store.erase({ principal: 'ann' }).catch(() => 0)
    expect(erased).toBe(5)
  })
})
