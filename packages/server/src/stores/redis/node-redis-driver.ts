import type { Driver } from './driver.ts'
import { hearErrors } from './hear-errors.ts'

/** The part of a client of `redis` (node-redis) that is used. */
export interface NodeRedis {
  sendCommand(args: readonly string[]): Promise<unknown>
  on(event: 'error', listener: () => void): unknown
}

/** The part of a cluster client of `redis` (node-redis) that is used. */
export interface NodeRedisCluster {
  sendCommand(firstKey: string, isReadonly: boolean, args: string[]): Promise<unknown>
  readonly masters: readonly unknown[]
  nodeClient(node: never): Promise<Pick<NodeRedis, 'sendCommand'>>
  on(event: 'error', listener: () => void): unknown
}

/** Commands through node-redis. */
export function nodeRedisDriver(client: NodeRedis | NodeRedisCluster): Driver {
  // Without a listener a lost connection ends the process.
  hearErrors(client)
  if (!('masters' in client)) {
    const send = (command: readonly string[]): Promise<unknown> => client.sendCommand(command)
    return { name: 'redis', isOneServer: true, send: (_, command) => send(command), primaries: async () => [send] }
  }
  return {
    name: 'redis',
    isOneServer: false,
    // Never to a replica: what it knows is old.
    send: (key, command) => client.sendCommand(key, false, [...command]),
    primaries: () =>
      Promise.all(
        client.masters.map(async (master) => {
          const node = await client.nodeClient(master as never)
          return (command: readonly string[]) => node.sendCommand(command)
        }),
      ),
  }
}
