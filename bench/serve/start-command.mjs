import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

const TELL_CPU = new URL('./tell-cpu.mjs', import.meta.url).href
// Often enough for a start of some hundred milliseconds, and seldom enough to take nothing from it.
const ASK_EACH_MS = 5
const START_AT_MOST_MS = 60_000

/**
 * Starts a server by the command of its users, in a process of its own that writes its log to nowhere, and waits for its first answer to a
 * GET of `path`. `startS` is the time from the start of the process to that answer in seconds, `startCpuS` the CPU time of it.
 */
export async function startCommand({ side, script, args, cwd, path = '/orders' }) {
  const port = await freePort()
  const begun = performance.now()
  const child = fork(script, args(port), {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--import', TELL_CPU],
  })
  const exited = once(child, 'exit')
  while (!(await answers(port, path))) {
    if (child.exitCode !== null || performance.now() - begun > START_AT_MOST_MS) {
      child.kill('SIGKILL')
      throw new Error(`${side} does not answer: ${script} ${args(port).join(' ')}`)
    }
    await setTimeout(ASK_EACH_MS)
  }
  const startS = (performance.now() - begun) / 1000
  const cpu = async () => {
    const told = once(child, 'message')
    child.send('cpu')
    const [usage] = await told
    return usage
  }
  const { user, system } = await cpu()
  return {
    side,
    port,
    cpu,
    startS,
    startCpuS: (user + system) / 1e6,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Whether anything answers, whatever it says. */
function answers(port, path) {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume().on('end', () => resolve(true))
    })
    asked.on('error', () => resolve(false)).end()
  })
}
