import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.mjs'

const SERVER = fileURLToPath(new URL('./server.mjs', import.meta.url))

// To load its modules is nearly all of a start. With these in reserve a server is back as soon as its store is open,
// and the next harm need not wait.
const SPARES = 2

/**
 * Starts `count` servers, each on a port of its own that it keeps through all restarts.
 *
 * @param options what each process is told; see `server.mjs`.
 */
export async function startServers(options, count) {
  const all = new Set()
  const spares = new Map()
  let isOver = false

  function spawn(script) {
    const child = fork(script, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    all.add(child)
    child.once('exit', () => all.delete(child))
    child.isWarm = said(child, 'warm')
    // Awaited when it is its turn.
    child.isWarm.catch(() => {})
    return child
  }

  async function begin(port, script) {
    const ready = spares.get(script) ?? []
    spares.set(script, ready)
    while (ready.length <= SPARES) ready.push(spawn(script))
    const child = ready.shift()
    await child.isWarm
    // One that has ended meanwhile is told so by `said`; without a callback, everybody who awaits its end would hear an error.
    child.send({ port }, () => {})
    await said(child, 'ready')
    return child
  }

  async function startServer() {
    const port = await freePort()
    let child = await begin(port, SERVER)
    return {
      port,
      signal: (signal) => child.kill(signal),
      /** SIGKILL, and another process in its place. */
      async kill() {
        await end(child)
        child = await begin(port, SERVER)
      },
      /** SIGTERM, and when it has ended by itself another process in its place; throws where it did not end well. */
      async replace(script = SERVER) {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        const [code, signal] = await ended
        if (code !== 0) throw new Error(`A server that was asked to end did so with ${code ?? signal}.`)
        child = await begin(port, script)
      },
    }
  }

  async function said(child, word) {
    const ended = once(child, 'exit').then(() => undefined)
    const [heard] = (await Promise.race([once(child, 'message'), ended])) ?? []
    if (heard !== word && !isOver) throw new Error('A server ended while it started; its message stands above.')
  }

  return {
    servers: await Promise.all(Array.from({ length: count }, startServer)),
    async stop() {
      isOver = true
      await Promise.all([...all].map(end))
    },
  }
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
