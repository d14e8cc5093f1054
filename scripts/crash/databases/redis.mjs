import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { redisStore } from '@createonce/server/redis'
import { Redis } from 'ioredis'
import { freePort } from '../../free-port.mjs'
import { startProxy } from '../wire/cutting-proxy.mjs'
import { redisWire } from '../wire/redis-wire.mjs'

/** A Redis of its own that keeps what it acknowledges, behind a proxy that cuts; and the ledger of what was done. */
export async function openRedis(folder) {
  const port = await freePort()
  const ledger = join(folder, 'ledger.jsonl')
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
  let server = await start()
  const proxy = await startProxy(port, redisWire)

  async function start() {
    const child = spawn('redis-server', [...place, ...durable], { stdio: 'ignore' })
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode} before it answered.`)
    }
    return child
  }
  async function end() {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }

  return {
    server: { redis: { host: '127.0.0.1', port: proxy.port }, ledger },
    marks: redisWire.marks,
    cut: proxy.cut,
    /** What was done, in order, whoever did it and whether or not it was acknowledged. */
    effects: () =>
      existsSync(ledger)
        ? readFileSync(ledger, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    /** The operator's way out for a blocked key. */
    async release(operation, key) {
      const client = new Redis({ host: '127.0.0.1', port })
      try {
        return await redisStore({ ioredis: client }).release({ principal: 'anybody', operation, key })
      } finally {
        client.disconnect()
      }
    },
    async kill() {
      await end()
      server = await start()
    },
    async close() {
      proxy.close()
      await end()
    },
  }
}

/** Whether it takes commands: it listens before it has read its log. */
async function answers(port) {
  const socket = createConnection({ host: '127.0.0.1', port })
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [reply] = await once(socket, 'data')
    return reply.toString() === '+PONG\r\n'
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return false
  } finally {
    socket.destroy()
  }
}
