import type { Surroundings } from '../probe.ts'
import type { Opened } from './create-lender.ts'
import { explainError } from './explain-error.ts'
import { loadFromProject } from './load-from-project.ts'
import { unsetVariable } from './unset-variable.ts'
import { within } from './within.ts'

/** One connection to Redis, by whichever client. */
export interface RedisConnection {
  send(...command: readonly string[]): Promise<unknown>
}

interface Client {
  connect(): Promise<unknown>
  send(command: readonly string[]): Promise<unknown>
  close(): void
}

type IoRedisModule = { readonly Redis: new (url: string, options: object) => IoRedis }
interface IoRedis {
  connect(): Promise<void>
  call(command: string, args: readonly string[]): Promise<unknown>
  disconnect(): void
  on(event: 'error', listener: (error: Error) => void): void
}
type NodeRedisModule = { createClient(options: object): NodeRedis }
interface NodeRedis {
  connect(): Promise<unknown>
  sendCommand(command: readonly string[]): Promise<unknown>
  destroy(): void
  on(event: 'error', listener: () => void): void
}

/** Opens a connection of its own, by the client that the service has. */
export async function openRedis(surroundings: Surroundings): Promise<Opened<RedisConnection>> {
  const unset = unsetVariable(surroundings, 'redis.url')
  if (unset !== undefined) return unset
  const { url } = surroundings.profile.prerequisites!.redis!
  const { file, timeoutMs } = surroundings
  try {
    const client = (await byIoRedis(file, url)) ?? (await byNodeRedis(file, url))
    if (client === undefined) {
      return {
        kind: 'unknown',
        seen: 'neither ioredis nor redis is installed beside the configuration',
        mend: 'npm install ioredis',
      }
    }
    try {
      await within(timeoutMs, client.connect())
    } catch (error) {
      client.close()
      throw error
    }
    const send = (...command: readonly string[]) => within(timeoutMs, client.send(command))
    return { kind: 'open', connection: { send }, close: async () => client.close() }
  } catch (error) {
    return { kind: 'bad', seen: explainError(error, url) }
  }
}

async function byIoRedis(file: string, url: string): Promise<Client | undefined> {
  const module = (await loadFromProject('ioredis', file)) as IoRedisModule | undefined
  if (module === undefined) return undefined
  const options = { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, enableReadyCheck: false }
  const client = new module.Redis(url, options)
  // `connect` rejects with nothing but "Connection is closed"; why is heard here.
  let heard: Error | undefined
  client.on('error', (error) => {
    heard ??= error
  })
  return {
    async connect() {
      try {
        await client.connect()
        await client.call('PING', [])
      } catch (error) {
        throw heard ?? error
      }
    },
    send: ([name, ...args]) => client.call(name!, args),
    close: () => client.disconnect(),
  }
}

async function byNodeRedis(file: string, url: string): Promise<Client | undefined> {
  const module = (await loadFromProject('redis', file)) as NodeRedisModule | undefined
  if (module === undefined) return undefined
  const client = module.createClient({ url, socket: { reconnectStrategy: false } })
  client.on('error', () => {})
  return {
    async connect() {
      await client.connect()
      await client.sendCommand(['PING'])
    },
    send: (command) => client.sendCommand(command),
    close() {
      // Where it never opened, there is nothing to destroy, and it says so.
      try {
        client.destroy()
      } catch {}
    },
  }
}
