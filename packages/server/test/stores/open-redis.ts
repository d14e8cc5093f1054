import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster } from 'redis'
import { type KeyRecords, redisKeyRecords } from '../../src/operator.ts'
import { type RedisSettings, type RedisStore, redisStore } from '../../src/stores/redis.ts'
import { type RedisCluster, startRedisCluster } from './redis-cluster.ts'
import { startRedis } from './redis-server.ts'

/** A client of the author's. */
export interface Client {
  /** Opens a store over it. */
  open(settings?: RedisSettings): RedisStore
  /** Opens an operator's way to its records. */
  records(): KeyRecords
  close(): Promise<void>
}

/** The libraries. */
export const libraries = ['ioredis', 'redis'] as const

/** Servers, and the clients for them. */
export interface Servers {
  /** A client by each library. */
  readonly clients: Readonly<Record<(typeof libraries)[number], () => Promise<Client>>>
  stop(): Promise<void>
}

/** One server. */
export async function startOne(binary?: string): Promise<Servers> {
  const server = await startRedis([], binary)
  return { clients: clientsOf(server.port), stop: () => server.stop() }
}

/** A cluster of three. */
export async function startCluster(binary?: string): Promise<Servers & Pick<RedisCluster, 'nodes'>> {
  const cluster = await startRedisCluster(binary)
  const [port] = cluster.ports
  return {
    nodes: cluster.nodes,
    clients: {
      async ioredis() {
        const client = new Cluster([{ host: '127.0.0.1', port: port! }])
        return {
          open: (settings) => redisStore({ ...settings, ioredis: client }),
          records: () => redisKeyRecords({ ioredis: client }),
          close: async () => client.disconnect(),
        }
      },
      async redis() {
        const client = createCluster({ rootNodes: [{ url: `redis://127.0.0.1:${port}` }] })
        await client.connect()
        return {
          open: (settings) => redisStore({ ...settings, redis: client }),
          records: () => redisKeyRecords({ redis: client }),
          close: async () => client.destroy(),
        }
      },
    },
    stop: () => cluster.stop(),
  }
}

/** Clients of one server. */
export function clientsOf(port: number): Servers['clients'] {
  return {
    async ioredis() {
      const client = new Redis({ host: '127.0.0.1', port })
      return {
        open: (settings) => redisStore({ ...settings, ioredis: client }),
        records: () => redisKeyRecords({ ioredis: client }),
        close: async () => client.disconnect(),
      }
    },
    async redis() {
      const client = createClient({ url: `redis://127.0.0.1:${port}` })
      await client.connect()
      return {
        open: (settings) => redisStore({ ...settings, redis: client }),
        records: () => redisKeyRecords({ redis: client }),
        close: async () => client.destroy(),
      }
    },
  }
}
