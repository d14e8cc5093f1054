import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../scripts/free-port.mjs'

/** Starts a Redis of its own that keeps nothing on disk, for ours and theirs alike. */
export async function startRedis() {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'createonce-bench-redis-'))
  const port = await freePort()
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', settings.map(String), { stdio: 'ignore' })
  const kill = () => child.kill('SIGKILL')
  // A run that ends by an error must not leave it behind.
  process.once('exit', kill)
  const missing = once(child, 'error').then(() => {
    throw new Error('redis-server could not be started; install it with scripts/install-redis.sh.')
  })
  await Promise.race([answers(port), missing])
  missing.catch(() => {})
  return {
    port,
    async stop() {
      const exited = once(child, 'exit')
      process.off('exit', kill)
      kill()
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(port) {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' })
    const isThere = await new Promise((resolve) =>
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    )
    socket.destroy()
    if (isThere) return
    await pause(20)
  }
}
