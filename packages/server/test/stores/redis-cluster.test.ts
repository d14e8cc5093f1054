import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Claimed, StoreUnavailableError } from '../../src/index.ts'
import type { RedisStore } from '../../src/stores/redis.ts'
import { type Client, libraries, startCluster } from './open-redis.ts'
import { hasRedis } from './redis-server.ts'

const SHORT = { answerMs: 300, settleMs: 300 }
const KEYS = Array.from({ length: 30 }, (_, index) => `k${index}`)

describe.skipIf(!hasRedis())('a cluster of three', () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.stop())

  describe.each(libraries)('over %s', (library) => {
    let client: Client
    let store: RedisStore
    beforeEach(async () => {
      client = await cluster.clients[library]()
      store = client.open({ ...SHORT, prefix: `${library}:` })
    })
    afterEach(async () => {
      await store.close()
      await client.close()
    })

    const create = (key: string): Promise<Claimed<string>> =>
      store.once(
        { scope: '"ann" createThing', key, fingerprint: '1:f', retentionMs: 3_600_000, onCrash: 'block' },
        async () => ({ kind: 'commit', result: key, answer: { status: 201, headers: { Location: `/${key}` } } }),
      )
    const kindOf = (key: string): Promise<string> =>
      create(key).then(
        ({ kind }) => kind,
        (error) => {
          expect(error).toBeInstanceOf(StoreUnavailableError)
          return 'unavailable'
        },
      )

    it('spreads keys over all nodes, and looks at each of them at the start', async () => {
      await Promise.all(KEYS.map(create))
      for (const node of cluster.nodes) expect(await node.command('DBSIZE')).not.toBe(':0\r\n')
      await cluster.nodes[2]!.command('CONFIG', 'SET', 'appendfsync', 'everysec')
      expect((await client.open().ready()).atMostOnce).toBe(false)
      await cluster.nodes[2]!.command('CONFIG', 'SET', 'appendfsync', 'always')
      expect((await client.open().ready()).atMostOnce).toBe(true)
    })

    it('finds a key while its slot moves to another node, and after it has', async () => {
      store = client.open({ ...SHORT, prefix: `${library}-moving:` })
      await create('moving')
      const found = await Promise.all(cluster.nodes.map((node) => node.command('KEYS', `${library}-moving:*`)))
      const from = found.findIndex((reply) => reply.includes('moving:'))
      const name = found[from]!.split('\r\n')[2]!
      const [source, target] = [cluster.nodes[from]!, cluster.nodes[(from + 1) % 3]!]
      const slot = (await source.command('CLUSTER', 'KEYSLOT', name)).slice(1).trim()
      const idOf = async (node: typeof source): Promise<string> =>
        (await node.command('CLUSTER', 'MYID')).split('\r\n')[1]!

      await target.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', await idOf(source))
      await source.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', await idOf(target))
      expect(await source.command('MIGRATE', '127.0.0.1', String(target.port), name, '0', '5000')).toBe('+OK\r\n')
      // The source answers ASK now; the target has never heard of the script.
      expect((await create('moving')).kind).toBe('recorded')
      for (const node of [target, source, ...cluster.nodes]) {
        await node.command('CLUSTER', 'SETSLOT', slot, 'NODE', await idOf(target))
      }
      // And MOVED from here on.
      expect((await create('moving')).kind).toBe('recorded')
    })

    it('of which one is killed goes on with the keys of the others, and with all when it comes back', async () => {
      expect(await Promise.all(KEYS.map(kindOf))).not.toContain('unavailable')
      await cluster.nodes[1]!.kill()
      const meanwhile = await Promise.all(KEYS.map(kindOf))
      expect(new Set(meanwhile)).toEqual(new Set(['recorded', 'unavailable']))
      await cluster.nodes[1]!.restart()
      for (const key of KEYS) {
        let kind = await kindOf(key)
        while (kind === 'unavailable') kind = await kindOf(key)
        expect(kind).toBe('recorded')
      }
    })
  })
})
