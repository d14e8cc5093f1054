import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Redis server of its own, for one test file. */
export interface RedisServer {
  readonly port: number
  /** Runs a command by a connection of its own; the raw reply. */
  command(...words: string[]): Promise<string>
  /** SIGKILL: no shutdown, no goodbye. */
  kill(): Promise<void>
  /** Starts it again after `kill`, on the same port and files. */
  restart(): Promise<void>
  /** Stops its process for a while, as an overloaded machine does; connections stay open. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** The server's binary, by the name that Debian gives it. */
export const REDIS = 'redis-server'

/**
 * Whether tests of Redis can run. Without a server they are left out, and say so; a machine of continuous integration
 * must have one, so there they fail.
 */
export function hasRedis(binary: string = REDIS): boolean {
  try {
    execFileSync(binary, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    if (binary !== REDIS) return false
    const message = `${binary} is not installed: the tests of the Redis store cannot run. Install it with scripts/install-redis.sh.`
    if (process.env['CI'] === 'true') throw new Error(message)
    process.stderr.write(`\n!!! ${message}\n\n`)
    return false
  }
}

/** Starts it on a free port and a temporary folder. Every write is in the kernel's hands before it is acknowledged. */
export async function startRedis(settings: readonly string[] = [], binary: string = REDIS): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'createonce-redis-'))
  const port = await freePort()
  let server = await start()

  async function start(): Promise<{ readonly child: ChildProcess; readonly watch: ChildProcess }> {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes']
    const child = spawn(binary, [...options, '--appendfsync', 'always', ...settings], { stdio: 'ignore' })
    // A test process that is killed cannot clean up; this one sees its pipe end.
    const watch = spawn('sh', ['-c', `read _; kill -KILL ${child.pid} 2>/dev/null; rm -rf '${folder}'`], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    watch.unref()
    while ((await command('PING').catch(() => '')) !== '+PONG\r\n') {
      if (child.exitCode !== null) throw new Error(`${binary} ended with ${child.exitCode} before it answered.`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return { child, watch }
  }

  async function kill(): Promise<void> {
    const { child, watch } = server
    watch.kill('SIGKILL')
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  /** The inline protocol: words and one line. A reply that is longer than one packet is cut, which no test minds. */
  async function command(...words: string[]): Promise<string> {
    const socket = createConnection({ host: '127.0.0.1', port })
    try {
      socket.write(`${words.join(' ')}\r\n`)
      const [data] = (await once(socket, 'data')) as [Buffer]
      return data.toString()
    } finally {
      socket.destroy()
    }
  }

  return {
    port,
    command,
    kill,
    async restart() {
      server = await start()
    },
    freeze: () => void server.child.kill('SIGSTOP'),
    thaw: () => void server.child.kill('SIGCONT'),
    async stop() {
      server.child.kill('SIGCONT')
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
