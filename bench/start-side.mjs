import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LOAD = fileURLToPath(new URL('./load.mjs', import.meta.url))

/** Starts one side in a process of its own. */
export async function startSide(script, options) {
  const child = fork(script, [JSON.stringify(options)], { stdio: 'inherit', execArgv: ['--expose-gc'] })
  const [{ port }] = await once(child, 'message')
  return {
    port,
    async measure() {
      child.send('measure')
      const [seen] = await once(child, 'message')
      return { cpuUs: seen.cpu.user + seen.cpu.system, rss: seen.rss }
    },
    stop() {
      child.send('stop')
      return once(child, 'exit')
    },
  }
}

/** Runs the load generator in a process of its own. */
export async function loadOn(side, options) {
  const { stdout } = await run(process.execPath, [LOAD, JSON.stringify({ port: side.port, ...options })], {
    maxBuffer: 1e8,
  })
  return JSON.parse(stdout)
}
