import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { judgeServers } from '../../src/stores/redis/judge-server.ts'
import { type RedisStoreOptions, redisStore } from '../../src/stores/redis.ts'
import { type Client, clientsOf, libraries } from './open-redis.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const claim = {
  scope: '"ann" createThing',
  key: 'k1',
  fingerprint: '1:f',
  retentionMs: 1_000,
  onCrash: 'block',
} as const

describe.skipIf(!hasRedis()).each(libraries)('the start over %s', (library) => {
  let server: RedisServer
  let client: Client
  beforeAll(async () => {
    server = await startRedis()
    client = await clientsOf(server.port)[library]()
  })
  afterAll(async () => {
    await client.close()
    await server.stop()
  })
  afterEach(async () => {
    for (const [name, value] of Object.entries(DURABLE)) await server.command('CONFIG', 'SET', name, value)
    await server.command('ACL', 'SETUSER', 'default', '+@all')
  })
  const DURABLE = { 'maxmemory-policy': 'noeviction', appendonly: 'yes', appendfsync: 'always' }

  it('finds at most once where every write is on the disk before it is acknowledged', async () => {
    expect(await client.open().ready()).toEqual({
      atMostOnce: true,
      because: [
        'Every write reaches the disk before it is acknowledged, nothing is evicted, and no replica takes over.',
      ],
    })
  })

  it.each([
    ['appendonly', 'no', 'appendonly is off: a restart of Redis forgets what is newer than its last snapshot.'],
    ['appendfsync', 'everysec', 'appendfsync is everysec: a power cut loses what was acknowledged just before it.'],
  ])('finds no more than best effort where %s is %s, and says why', async (name, value, because) => {
    await server.command('CONFIG', 'SET', name, value)
    expect(await client.open().ready()).toEqual({ atMostOnce: false, because: [because] })
  })

  it('refuses a policy that evicts, and every request with it, until it is put right', async () => {
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'volatile-lru')
    const store = client.open()
    const creating = () => store.once(claim, async () => ({ kind: 'roll-back', result: undefined }) as const)
    await expect(store.ready()).rejects.toThrow('redisStore needs maxmemory-policy noeviction; seen: volatile-lru.')
    await expect(creating()).rejects.toThrow(StoreUnavailableError)
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    expect((await creating()).kind).toBe('executed')
  })

  it('does not know where CONFIG is forbidden, and works', async () => {
    await server.command('ACL', 'SETUSER', 'default', '-config')
    const store = client.open()
    expect(await store.ready()).toEqual({
      atMostOnce: 'unknown',
      because: ['CONFIG is forbidden, so it cannot be seen when what is written reaches the disk (appendfsync).'],
    })
  })

  it('does not know where INFO is forbidden', async () => {
    await server.command('ACL', 'SETUSER', 'default', '-info')
    expect((await client.open().ready()).atMostOnce).toBe('unknown')
  })
})

describe('what servers say of themselves', () => {
  const said = (fields: Record<string, string>, appendfsync: string | undefined = 'always') => ({
    fields: new Map(
      Object.entries({
        redis_version: '7.0.15',
        role: 'master',
        maxmemory_policy: 'noeviction',
        aof_enabled: '1',
        connected_slaves: '0',
        ...fields,
      }),
    ),
    appendfsync,
  })

  it.each([
    [
      'an old version',
      { redis_version: '6.2.14' },
      'redisStore needs Redis 7 or later, or Valkey; this server says 6.2.14.',
    ],
    ['a version that says nothing', { redis_version: 'unstable' }, 'this server says unstable.'],
    ['a replica', { role: 'slave' }, 'redisStore needs a server that takes writes; this one is a replica.'],
  ])('refuses %s', (_, fields, message) => {
    expect(() => judgeServers([said({}), said(fields)])).toThrow(message)
  })

  it('takes Valkey, whose first version is 7', () => {
    expect(judgeServers([said({ redis_version: '7.2.4', valkey_version: '8.1.0' })]).atMostOnce).toBe(true)
  })

  it('is best effort where a replica may take over, on any of the servers', () => {
    expect(judgeServers([said({}), said({ connected_slaves: '1' })])).toEqual({
      atMostOnce: false,
      because: ['There are replicas: a failover loses what was acknowledged and not yet replicated.'],
    })
  })

  it('says each reason once', () => {
    const { because } = judgeServers([said({ aof_enabled: '0' }), said({ aof_enabled: '0', connected_slaves: '2' })])
    expect(because).toHaveLength(2)
  })
})

describe('settings', () => {
  const client = { call: async () => null, on: () => {} }

  it.each<[string, unknown, string]>([
    ['no client', {}, 'redisStore needs `ioredis` (a client of ioredis) or `redis` (a client of node-redis).'],
    ['a lease of nothing', { ioredis: client, leaseMs: 0 }, 'redisStore: leaseMs is a whole number above 0; seen: 0.'],
    ['a lease without end', { ioredis: client, leaseMs: Number.POSITIVE_INFINITY }, 'seen: Infinity.'],
    ['a prefix with a hash tag', { ioredis: client, prefix: '{app}:' }, 'redisStore: prefix is text without braces'],
  ])('are refused: %s', (_, options, message) => {
    expect(() => redisStore(options as RedisStoreOptions)).toThrow(TypeError)
    expect(() => redisStore(options as RedisStoreOptions)).toThrow(message)
  })

  it('of a claim say what a crash means', async () => {
    const { onCrash: _, ...without } = claim
    const claiming = redisStore({ ioredis: client }).once(without, async () => {
      throw new Error('This work must not run.')
    })
    await expect(claiming).rejects.toThrow('A claim on a leased store says what a crash means: onCrash.')
  })
})
