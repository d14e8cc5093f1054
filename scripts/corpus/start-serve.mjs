import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
// A document of 3 MB on two busy cores; what hangs is ended and told.
const READY_WITHIN_MS = 60_000
// Docker waits as long before it kills.
const GRACE_MS = 10_000
// Enough for a list of what is not served, and for an error with its stack.
const MOST_SAID = 200_000

/** The words of `createonce serve` for a document. */
export function serveArguments(file, { store = 'memory:', port = 0, tokens = [] } = {}) {
  const named = tokens.flatMap(({ name, token }) => ['--token', `${name}=${token}`])
  const address = ['--host', '127.0.0.1', '--port', String(port)]
  return [MAIN, 'serve', file, '--store', store, ...address, '--cors', '*', ...named]
}

/** Starts `createonce serve` as a process of its own, and tells where it listens, or how it ended. */
export async function startServe(file, options) {
  const begun = performance.now()
  const child = spawn(process.execPath, serveArguments(file, options), { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const listening = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        if (said.length < MOST_SAID) said += text
        const found = /listening on (http:\/\/\S+)/.exec(said)
        if (found) resolve({ origin: found[1] })
      })
    }
  })
  const late = pause(READY_WITHIN_MS, { code: `nothing within ${READY_WITHIN_MS / 1000} s` }, { ref: false })
  const known = await Promise.race([listening, ended.then((code) => ({ code })), late])
  return {
    ...known,
    startedInMs: Math.round(performance.now() - begun),
    said: () => said,
    /** SIGTERM, and the exit code that it led to. */
    async stop() {
      child.kill('SIGTERM')
      const code = await Promise.race([ended, pause(GRACE_MS, `nothing within ${GRACE_MS / 1000} s`, { ref: false })])
      child.kill('SIGKILL')
      return code
    },
    kill: () => child.kill('SIGKILL'),
  }
}
