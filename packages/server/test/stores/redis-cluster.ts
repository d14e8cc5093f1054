import { freePort } from '../../../../scripts/free-port.mjs'
import { type RedisServer, startRedis } from './redis-server.ts'

/** A cluster of three primaries without replicas. */
export interface RedisCluster {
  readonly ports: readonly number[]
  readonly nodes: readonly RedisServer[]
  stop(): Promise<void>
}

const SLOTS = [
  [0, 5460],
  [5461, 10922],
  [10923, 16383],
] as const

/** Starts it, by hand: what `redis-cli --cluster create` does, without its questions. */
export async function startRedisCluster(binary?: string): Promise<RedisCluster> {
  // A node that is slow for a moment on a busy machine must not count as dead: there is nobody to take over.
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '60000']
  // By default it is the other port and 10,000 more, which may be taken, or no port at all.
  const busPorts = await Promise.all(SLOTS.map(freePort))
  const nodes = await Promise.all(SLOTS.map((_, index) => start(index)))

  async function start(index: number): Promise<RedisServer> {
    const node = await startRedis([...settings, '--cluster-port', String(busPorts[index])], binary)
    await node.command('CLUSTER', 'ADDSLOTSRANGE', String(SLOTS[index]![0]), String(SLOTS[index]![1]))
    // Epochs must differ before they meet, or they argue about it for seconds.
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1))
    return node
  }

  for (const [index, { port }] of nodes.entries()) {
    if (index > 0) await nodes[0]!.command('CLUSTER', 'MEET', '127.0.0.1', String(port), String(busPorts[index]))
  }
  for (const node of nodes) {
    while (!(await node.command('CLUSTER', 'INFO')).includes('cluster_state:ok')) await turn()
    while ((await node.command('CLUSTER', 'SLOTS')).match(/127\.0\.0\.1/g)?.length !== SLOTS.length) await turn()
  }

  return {
    ports: nodes.map(({ port }) => port),
    nodes,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()))
    },
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
