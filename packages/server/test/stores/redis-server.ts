import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../scripts/free-port.mjs'
import { endWithUs } from './end-with-us.ts'

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

  async function start(): Promise<{ readonly child: ChildProcess; readonly leave: () => void }> {
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
    const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
    const child = spawn(binary, [...place, ...durable, ...settings], { stdio: 'ignore' })
    const leave = endWithUs(child.pid!, folder)
    while ((await command('PING').catch(() => '')) !== '+PONG\r\n') {
      if (child.exitCode !== null) throw new Error(`${binary} ended with ${child.exitCode} before it answered.`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return { child, leave }
  }

  async function kill(): Promise<void> {
    const { child, leave } = server
    leave()
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
