import { once } from 'node:events'
import { startChild } from './start-child.mjs'

const LOAD = new URL('./load.mjs', import.meta.url)

/** Starts the load generator in a process of its own; it keeps what V8 has learnt from one job to the next. */
export function startLoad() {
  const { child, ask } = startChild(LOAD)
  return {
    /** Runs `job` (load/generate.mjs) against a side; answers of other statuses than `expected` are an error. */
    async on(side, { expected = [201], ...job }) {
      const { result, fault } = await ask({ port: side.port, ...job })
      if (fault !== undefined) throw new Error(`The load on ${side.side} failed: ${fault}.`)
      const unexpected = Object.keys(result.statuses).filter((status) => !expected.includes(Number(status)))
      if (unexpected.length === 0) return result
      throw new Error(
        `${side.side} answered ${JSON.stringify(result.statuses)}; expected ${expected.join(', ')} and nothing else.`,
      )
    },
    async stop() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}
