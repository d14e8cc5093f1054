import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The Redis of `REDIS_URL`, or else a redis-server of its own in a temporary folder, gone when it is closed. */
export async function openRedis(given) {
  if (given) return { url: given, close: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'createonce-redis-'))
  const socket = join(folder, 'redis.sock')
  // A socket in a folder that is only ours, so that no port has to be free. Every write reaches the disk before it is
  // acknowledged: what `onCrash` promises is worth as much as what Redis keeps.
  const settings = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '']
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always']
  // A process group of its own: Ctrl-C shall reach the program first, and Redis when that has ended.
  const server = spawn('redis-server', [...settings, ...durable], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const exited = once(server, 'exit').catch(() => {
    throw new Error(
      'There is no redis-server on this machine. Install it (`sudo scripts/install-redis.sh` does, on Debian and Ubuntu), or set REDIS_URL to a Redis 7 or a Valkey of yours.',
    )
  })
  try {
    await Promise.race([isReady(server.stdout), exited])
    if (server.exitCode !== null)
      throw new Error(`redis-server ended with code ${server.exitCode} before it was ready.`)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return {
    url: socket,
    async close() {
      server.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Waits for what it says when it takes connections. */
async function isReady(output) {
  const lines = createInterface({ input: output })
  await new Promise((resolve) => {
    lines.on('line', (line) => {
      if (/ready to accept connections/i.test(line)) resolve()
    })
  })
}
