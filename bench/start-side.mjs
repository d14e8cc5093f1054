import { once } from 'node:events'
import { startChild } from './start-child.mjs'

const SERVER = new URL('./server.mjs', import.meta.url)

/** Starts one side (sides/sides.mjs) in a process of its own: `{ side: 'pg-bare', database }`. */
export async function startSide(options) {
  const { child, ask, first } = startChild(SERVER, [JSON.stringify(options)], ['--expose-gc'])
  const { port, facts } = await first
  return {
    side: options.side,
    port,
    facts,
    /** CPU time so far in microseconds, `{ user, system }`. */
    cpu: () => ask({ ask: 'cpu' }),
    /** Resident memory in bytes, after a garbage collection. */
    rss: () => ask({ ask: 'rss' }),
    /** Lets the store purge again and again, or not any more; returns how many records it has purged so far. */
    purge: (on) => ask({ ask: 'purge', on }),
    async stop() {
      const exited = once(child, 'exit')
      child.send({ ask: 'stop' })
      await exited
    },
  }
}
