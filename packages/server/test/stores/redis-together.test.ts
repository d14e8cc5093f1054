import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimKey } from '../../src/stores/redis/claim-key.ts'
import type { RedisStore } from '../../src/stores/redis.ts'
import { type Client, clientsOf, libraries } from './open-redis.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const MANY = 100
const scope = '"ann" createThing'
const claimOf = (key: string) =>
  ({ scope, key, fingerprint: `1:${key}`, retentionMs: 60_000, onCrash: 'block' }) as const

describe.skipIf(!hasRedis()).each(libraries)('keys that come at once, over %s', (library) => {
  let server: RedisServer
  let client: Client
  let store: RedisStore
  beforeAll(async () => {
    server = await startRedis()
    client = await clientsOf(server.port)[library]()
    store = client.open()
    await store.ready()
  })
  afterAll(async () => {
    await client.close()
    await server.stop()
  })

  const create = (key: string) =>
    store.once(claimOf(key), () => ({
      kind: 'commit',
      result: key,
      answer: { status: 201, headers: { Location: `/things/${key}` } },
    }))
  const names = (prefix: string) => Array.from({ length: MANY }, (_, index) => `${prefix}${index}`)

  it('share a few calls, and each has an answer and a record of its own', async () => {
    await server.command('CONFIG', 'RESETSTAT')
    const keys = names('k')
    const created = await Promise.all(keys.map(create))
    expect(created).toEqual(keys.map((key) => ({ kind: 'executed', result: key })))
    const [, calls] = /cmdstat_evalsha:calls=(\d+)/.exec(String(await server.command('INFO', 'commandstats'))) ?? []
    // Two questions for each key: 200 calls, if each went alone.
    expect(Number(calls)).toBeLessThan(50)

    const again = await Promise.all([...keys].reverse().map(create))
    expect(again).toMatchObject(
      [...keys].reverse().map((key) => ({
        kind: 'recorded',
        fingerprint: `1:${key}`,
        answer: { headers: { Location: `/things/${key}` } },
      })),
    )
  })

  it('do not fail with one of them whose name in Redis is taken by something else', async () => {
    const keys = names('m')
    await server.command('SET', claimKey('createonce:', { scope, key: 'm7' }), 'foreign')
    const outcomes = await Promise.allSettled(keys.map(create))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(outcomes[7]).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('WRONGTYPE') } })
  })
})
