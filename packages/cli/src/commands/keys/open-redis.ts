import { StoreUnavailableError } from '@createonce/server'
import type { redisKeyRecords } from '@createonce/server/operator'
import { loadDriver } from './load-driver.ts'

type Options = Parameters<typeof redisKeyRecords>[0]

/** A client, and how to let it go. */
export interface OpenedRedis {
  readonly client: Options
  end(): void
}

interface IoRedisModule {
  readonly Redis: new (url: string, options: object) => Client
  readonly Cluster: new (nodes: readonly string[], options: object) => Client
}
type Client = NonNullable<Options['ioredis']> & {
  disconnect(): void
  on(event: 'error', listener: (error?: Error) => void): unknown
}

interface NodeRedisModule {
  createClient(options: object): NodeClient
  createCluster(options: object): NodeClient
}
type NodeClient = NonNullable<Options['redis']> & {
  connect(): Promise<unknown>
  destroy(): void
  on(event: 'error', listener: () => void): unknown
  info(section: string): Promise<string>
}

const CONNECT_MS = 5_000

// What is unreachable is said soon: an operator waits.
const HASTE = { connectTimeout: CONNECT_MS, maxRetriesPerRequest: 1, enableOfflineQueue: true }

/** Connects to a Redis, or to the cluster that it is part of. */
export async function openRedis(url: string): Promise<OpenedRedis> {
  const { name, module } = await loadDriver('A Redis store', ['ioredis', 'redis'])
  return name === 'ioredis' ? openIoRedis(module as IoRedisModule, url) : openNodeRedis(module as NodeRedisModule, url)
}

async function openIoRedis({ Redis, Cluster }: IoRedisModule, url: string): Promise<OpenedRedis> {
  const one = new Redis(url, HASTE)
  // What the client says of a request that it gives up is only that it did; why, it has said before.
  let why: Error | undefined
  one.on('error', (error?: Error) => {
    why = error
  })
  const info = await one.call('INFO', ['cluster']).catch((error: Error) => {
    // A user who may not ask for INFO may read records all the same.
    if (error.name === 'ReplyError') return ''
    one.disconnect()
    throw unreachable(why ?? error)
  })
  if (!isCluster(info)) return { client: { ioredis: one }, end: () => one.disconnect() }
  one.disconnect()
  const { username, password, protocol } = new URL(url)
  const redisOptions = {
    ...HASTE,
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  }
  const cluster = new Cluster([url], { redisOptions })
  return { client: { ioredis: cluster }, end: () => cluster.disconnect() }
}

async function openNodeRedis({ createClient, createCluster }: NodeRedisModule, url: string): Promise<OpenedRedis> {
  const socket = { connectTimeout: CONNECT_MS, reconnectStrategy: false }
  const one = createClient({ url, socket })
  one.on('error', () => {})
  await one.connect().catch((error: Error) => {
    throw unreachable(error)
  })
  if (!isCluster(await one.info('cluster').catch(() => ''))) return { client: { redis: one }, end: () => one.destroy() }
  one.destroy()
  const { username, password } = new URL(url)
  const defaults = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  const cluster = createCluster({ rootNodes: [{ url }], ...(password !== '' && { defaults }) })
  await cluster.connect().catch((error: Error) => {
    throw unreachable(error)
  })
  return { client: { redis: cluster }, end: () => cluster.destroy() }
}

function unreachable(cause: Error): StoreUnavailableError {
  const { message, code } = cause as NodeJS.ErrnoException
  return new StoreUnavailableError(`Redis cannot be reached: ${message || code || cause.name}.`, { cause })
}

function isCluster(info: unknown): boolean {
  return String(info).includes('cluster_enabled:1')
}
