import { readFileSync } from 'node:fs'
import http from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { manualTime } from '@createonce/server/testing'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { addLatency } from '../../../src/serve/conditions/latency.ts'
import { seededRandom } from '../../../src/serve/conditions/seeded-random.ts'
import { startCreateonce, temporaryFolder } from '../../createonce.ts'
import { read, send } from '../../send.ts'
import { order } from './start-shop.ts'

let app: FastifyInstance | undefined
afterEach(() => app?.close())

/** A service whose waits are told, and end when the clock is moved. */
async function start(fromMs: number, toMs: number) {
  const clock = manualTime()
  const waits: number[] = []
  const cancelled: number[] = []
  let told = (): void => {}
  const time = {
    ...clock,
    after(ms: number, callback: () => void) {
      waits.push(ms)
      const cancel = clock.after(ms, callback)
      told()
      return () => {
        cancelled.push(ms)
        cancel()
        told()
      }
    },
  }
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo())
      await new Promise<void>((resolve) => {
        told = resolve
      })
  }
  app = fastify()
  addLatency(app, { fromMs, toMs, random: seededRandom(1, 'latency'), time })
  app.get('/', () => 'here')
  app.get('/health/live', () => 'alive')
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, clock, waits, cancelled, until }
}

describe('latency', () => {
  it('holds a request for as long as it says, and no longer', async () => {
    const { url, clock, waits, until } = await start(100, 100)
    let isAnswered = false
    const answer = send('GET', url).finally(() => {
      isAnswered = true
    })
    await until(() => waits.length === 1)
    expect(waits).toEqual([100])
    clock.move(99)
    // Were it not held any more, it would be answered before a request that came later.
    await send('GET', `${url}/health/live`)
    expect(isAnswered).toBe(false)
    clock.move(1)
    expect((await answer).body).toBe('here')
  })

  it('is drawn evenly between two numbers, again the same from the same seed', async () => {
    const { url, clock, waits, until } = await start(50, 150)
    for (let count = 1; count <= 200; count += 1) {
      const answer = send('GET', url)
      await until(() => waits.length === count)
      clock.move(150)
      await answer
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...waits)).toBeLessThanOrEqual(150)
    for (const quarter of [50, 75, 100, 125]) {
      const share = waits.filter((ms) => ms >= quarter && ms < quarter + 25).length / waits.length
      expect(share).toBeGreaterThan(0.15)
      expect(share).toBeLessThan(0.35)
    }
    const random = seededRandom(1, 'latency')
    expect(waits).toEqual(waits.map(() => 50 + random() * 100))
  })

  it('leaves alone what watches the service', async () => {
    const { url, waits } = await start(100, 100)
    expect((await send('GET', `${url}/health/live`)).body).toBe('alive')
    expect(waits).toEqual([])
  })

  it('ends with a stop, which serves what was waiting', async () => {
    const { url, waits, until } = await start(60_000, 60_000)
    const answer = send('GET', url)
    await until(() => waits.length === 1)
    const stopped = app!.close()
    expect((await answer).body).toBe('here')
    await stopped
  })

  it('does not wait for a client that hung up', async () => {
    const { url, waits, cancelled, until } = await start(60_000, 60_000)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
    await until(() => waits.length === 1)
    socket.destroy()
    await until(() => cancelled.length === 1)
    expect(cancelled).toEqual([60_000])
  })
})

describe('a server that is stopped under conditions', () => {
  it('serves what was waiting, records it, and ends with 0', async () => {
    const cwd = temporaryFolder()
    const conditions = ['--latency', '60000', '--fault', '0', '--cors', '*', '--record', 'traffic.har']
    const args = ['serve', '--port', '0', '--host', '127.0.0.1', '--store', 'memory:', ...conditions]
    const shop = await startCreateonce(args, { cwd })
    const body = JSON.stringify(order)
    const request = http.request(`${shop.url}/orders`, {
      method: 'POST',
      agent: false,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        'Idempotency-Key': 'k',
        Expect: '100-continue',
      },
    })
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject)
    })
    // `100 Continue` comes with the beginning of the wait.
    request.on('continue', () => {
      request.end(body)
      shop.process.kill('SIGTERM')
    })
    request.flushHeaders()
    expect((await read(await answered)).status).toBe(201)
    expect((await shop.ended).code).toBe(0)
    const { log } = JSON.parse(readFileSync(join(cwd, 'traffic.har'), 'utf8'))
    expect(log.entries.map((entry: { response: { status: number } }) => entry.response.status)).toEqual([201])
  })
})
