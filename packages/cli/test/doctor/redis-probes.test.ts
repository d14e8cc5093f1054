import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../../scripts/free-port.mjs'
import { redisStore } from '../../../server/src/stores/redis.ts'
import { hasRedis, type RedisServer, startRedis } from '../../../server/test/stores/redis-server.ts'
import type { RedisNeeded } from '../../src/config/config.ts'
import type { Surroundings } from '../../src/doctor/probe.ts'
import { judgeRedisVersion } from '../../src/doctor/probes/redis-version.ts'
import { storeProbes } from '../../src/doctor/store-probes.ts'
import { surroundings } from './surroundings.ts'

const page = readFileSync(new URL('../../../../docs/reference/prerequisites.md', import.meta.url), 'utf8')

const look = (id: string, needed: RedisNeeded, others?: Partial<Surroundings>) =>
  storeProbes.find((probe) => probe.id === id)!.look(surroundings({ redis: needed }, others))

const CLAIM = { scope: 'ann', key: 'k1', fingerprint: '1:f', retentionMs: 60_000, onCrash: 'block' } as const

describe.each([
  ['6.2.14', 'bad'],
  ['7.0.0', 'good'],
  ['10.1.0', 'good'],
  [undefined, 'unknown'],
])('redis-version', (version, kind) => {
  it(`judges ${version} as ${kind}`, () => expect(judgeRedisVersion(version).kind).toBe(kind))
})

describe.skipIf(!hasRedis())('a Redis', () => {
  let server: RedisServer
  let url: string
  beforeAll(async () => {
    server = await startRedis()
    url = `redis://127.0.0.1:${server.port}`
  })
  afterAll(() => server.stop())
  afterEach(async () => {
    for (const [name, value] of Object.entries(DURABLE)) await server.command('CONFIG', 'SET', name, value)
    await server.command('ACL', 'SETUSER', 'default', '+@all')
  })
  const DURABLE = { 'maxmemory-policy': 'noeviction', appendonly: 'yes', appendfsync: 'always', maxmemory: '0' }

  it('as the guide to the store wants it is good to every probe, by one connection that is closed afterwards', async () => {
    const run = surroundings({ redis: { url } })
    const readings = (await Promise.all(storeProbes.map((probe) => probe.look(run)))).flat()
    expect(readings.map(({ kind }) => kind)).toEqual(['good', 'good', 'good', 'good', 'good'])
    expect(readings[0]!.subject).toBe(`127.0.0.1:${server.port}`)
    expect(await server.command('DBSIZE')).toBe(':0\r\n')
    await expect.poll(() => server.command('INFO', 'clients')).toContain('connected_clients:1\r\n')
  })

  it('is good to a user who may do no more than the text for mending says', async () => {
    const { mend } = storeProbes.find(({ id }) => id === 'redis-takes-writes')!
    const [, rules = ''] = /`ACL SETUSER … (.*?)`/.exec(mend) ?? []
    expect(page).toContain(`ACL SETUSER app on >PASSWORD ${rules}\n`)
    await server.command('ACL', 'SETUSER', 'app', 'on', '>p%ss', ...rules.split(' '))
    const address = url.replace('//', '//app:p%25ss@')
    const run = surroundings({ redis: { url: address } })
    const readings = (await Promise.all(storeProbes.map((probe) => probe.look(run)))).flat()
    expect(readings.map(({ kind }) => kind)).toEqual(['good', 'good', 'good', 'good', 'good'])
    const client = new Redis(address)
    try {
      const store = redisStore({ ioredis: client })
      expect(await store.ready()).toMatchObject({ atMostOnce: true })
      const work = async () => ({ kind: 'commit', answer: { status: 201, headers: {} }, result: 1 }) as const
      expect((await store.once(CLAIM, work)).kind).toBe('executed')
      expect((await store.once(CLAIM, work)).kind).toBe('recorded')
      await store.close()
    } finally {
      client.disconnect()
      await server.command('FLUSHALL')
    }
  })

  describe('redis-reachable', () => {
    it('is bad where nobody listens, and the others say that they could not look', async () => {
      const run = surroundings({ redis: { url: `redis://127.0.0.1:${await freePort()}` } })
      const readings = (await Promise.all(storeProbes.map((probe) => probe.look(run)))).flat()
      expect(readings[0]).toMatchObject({ kind: 'bad', seen: expect.stringContaining('ECONNREFUSED') })
      expect(readings.slice(1).map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
    })

    it('is bad where the password is wrong, and does not say it', async () => {
      const readings = await look('redis-reachable', { url: url.replace('//', '//nobody:hunter2@') })
      expect(readings).toMatchObject([{ kind: 'bad', seen: expect.stringContaining('WRONGPASS') }])
      expect(JSON.stringify(readings)).not.toContain('hunter2')
    })

    it('is bad where the server does not answer in time', async () => {
      server.freeze()
      try {
        expect(await look('redis-reachable', { url }, { timeoutMs: 50 })).toMatchObject([
          { kind: 'bad', seen: 'no answer within 50 ms' },
        ])
      } finally {
        server.thaw()
      }
    })

    it('cannot tell where the variable is not set', async () => {
      expect(await look('redis-reachable', { url: '${REDIS_URL}' })).toMatchObject([
        { kind: 'unknown', mend: 'Set REDIS_URL.' },
      ])
    })
  })

  it('redis-version sees the version of the server', async () => {
    const info = await server.command('INFO', 'server')
    expect(info).toContain('redis_version')
    const [reading] = await look('redis-version', { url })
    expect(reading!.kind).toBe('good')
    expect(info).toContain(`_version:${reading!.seen}\r\n`)
  })

  it('whose INFO is forbidden cannot be judged', async () => {
    await server.command('ACL', 'SETUSER', 'default', '-info')
    for (const id of ['redis-version', 'redis-maxmemory-policy', 'redis-persistence'])
      expect(await look(id, { url })).toMatchObject([{ kind: 'unknown', seen: expect.stringContaining('NOPERM') }])
  })

  describe('redis-takes-writes', () => {
    it('is bad on a replica', async () => {
      await server.command('REPLICAOF', '127.0.0.1', String(await freePort()))
      try {
        expect(await look('redis-takes-writes', { url })).toMatchObject([
          { kind: 'bad', seen: expect.stringContaining('READONLY') },
        ])
      } finally {
        await server.command('REPLICAOF', 'NO', 'ONE')
      }
    })

    it('is bad where the memory is full', async () => {
      await server.command('CONFIG', 'SET', 'maxmemory', '1')
      expect(await look('redis-takes-writes', { url })).toMatchObject([
        { kind: 'bad', seen: expect.stringContaining('OOM') },
      ])
    })

    it('is bad where scripts are forbidden', async () => {
      await server.command('ACL', 'SETUSER', 'default', '-@scripting')
      expect(await look('redis-takes-writes', { url })).toMatchObject([
        { kind: 'bad', seen: expect.stringContaining('NOPERM') },
      ])
    })

    it('cannot tell where the user has keys with another prefix', async () => {
      await server.command('ACL', 'SETUSER', 'other', 'on', '>secret', '+@all', '~shop:*')
      expect(await look('redis-takes-writes', { url: url.replace('//', '//other:secret@') })).toMatchObject([
        { kind: 'unknown', seen: expect.stringContaining('NOPERM') },
      ])
    })
  })

  it.each(['allkeys-lru', 'volatile-ttl'])('redis-maxmemory-policy is bad with %s', async (policy) => {
    await server.command('CONFIG', 'SET', 'maxmemory-policy', policy)
    expect(await look('redis-maxmemory-policy', { url })).toMatchObject([{ kind: 'bad', seen: policy }])
  })

  it.each([
    ['appendonly', 'no', 'block', 'bad'],
    ['appendonly', 'no', 'rerun', 'warning'],
    ['appendfsync', 'everysec', 'block', 'warning'],
    ['appendfsync', 'no', 'block', 'warning'],
    ['appendfsync', 'everysec', 'rerun', 'good'],
  ] as const)('redis-persistence: %s %s under onCrash %s is %s', async (setting, value, onCrash, kind) => {
    await server.command('CONFIG', 'SET', setting, value)
    expect(await look('redis-persistence', { url, onCrash })).toMatchObject([{ kind }])
  })

  it('redis-persistence is unknown where CONFIG is forbidden', async () => {
    await server.command('ACL', 'SETUSER', 'default', '-config')
    expect(await look('redis-persistence', { url })).toMatchObject([
      { kind: 'unknown', seen: expect.stringContaining('CONFIG is forbidden') },
    ])
    expect(await look('redis-persistence', { url, onCrash: 'rerun' })).toMatchObject([{ kind: 'good' }])
  })

  it('redis-persistence warns of a replica, which may take over', async () => {
    const replica = await startRedis(['--replicaof', '127.0.0.1', String(server.port)])
    try {
      await expect.poll(() => server.command('INFO', 'replication')).toContain('connected_slaves:1')
      expect(await look('redis-persistence', { url })).toMatchObject([{ kind: 'good' }, { kind: 'warning' }])
    } finally {
      await replica.stop()
    }
  })
})
