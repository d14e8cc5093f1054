import type { Driver } from './driver.ts'
import { hearErrors } from './hear-errors.ts'

/** The part of a client of `ioredis` that is used. */
export interface IoRedis {
  call(command: string, args: string[]): Promise<unknown>
  on(event: 'error', listener: () => void): unknown
}

/** The part of a cluster client of `ioredis` that is used. */
export interface IoRedisCluster extends IoRedis {
  nodes(role: 'master'): readonly IoRedis[]
}

/** Commands through `ioredis`. */
export function ioredisDriver(client: IoRedis | IoRedisCluster): Driver {
  // Without a listener it writes every failed attempt to connect to the console.
  hearErrors(client)
  return {
    name: 'ioredis',
    isOneServer: !('nodes' in client),
    // A cluster client finds the key among the arguments by itself.
    send: (_, [name, ...args]) => client.call(name!, args),
    async primaries() {
      if (!('nodes' in client)) return [([name, ...args]) => client.call(name!, args)]
      // It knows its nodes only after it has connected, which the first command waits for.
      await client.call('EXISTS', ['createonce'])
      return client.nodes('master').map(
        (node) =>
          ([name, ...args]) =>
            node.call(name!, args),
      )
    },
  }
}
