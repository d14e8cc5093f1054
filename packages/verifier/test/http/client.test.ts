import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { isAnswer } from '../../src/exchange/exchange.ts'
import { createClient } from '../../src/http/client.ts'
import { RequestsSpent, RunStopped } from '../../src/http/recorder.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function listen(server: net.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serveHttp = (listener: http.RequestListener) => {
  const server = http.createServer(listener)
  closing.push(() => server.closeAllConnections())
  return listen(server)
}

function clientFor(origin: string, options: Partial<Parameters<typeof createClient>[0]> = {}) {
  const client = createClient({ origin, ...options })
  closing.push(() => client.close())
  return client
}

describe('the client', () => {
  test('keeps repeated header lines apart', async () => {
    const origin = await serveHttp((_, response) => {
      response.writeHead(201, ['Location', '/a', 'Location', '/b'])
      response.end()
    })
    const exchange = await clientFor(origin).send({ method: 'POST', url: `${origin}/x`, body: '{}' })
    expect(exchange.response?.headers.filter(([name]) => name === 'Location')).toEqual([
      ['Location', '/a'],
      ['Location', '/b'],
    ])
  })

  test('follows no redirect', async () => {
    const origin = await serveHttp((_, response) => response.writeHead(302, { Location: '/elsewhere' }).end())
    const exchange = await clientFor(origin).send({ method: 'GET', url: `${origin}/x` })
    expect(exchange.response?.status).toBe(302)
  })

  test('sends a POST once, even when the connection breaks', async () => {
    let seen = 0
    const origin = await listen(
      net.createServer((socket) => {
        socket.on('error', () => {})
        socket.once('data', () => {
          seen++
          socket.destroy()
        })
      }),
    )
    const exchange = await clientFor(origin).send({ method: 'POST', url: `${origin}/x`, body: '{}' })
    expect(exchange.failure?.reason).toBe('reset')
    expect(seen).toBe(1)
  })

  test('sends credentials to no other host', async () => {
    const seen: (string | undefined)[] = []
    const listener: http.RequestListener = (request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    }
    const [own, other] = [await serveHttp(listener), await serveHttp(listener)]
    const client = clientFor(own, { headers: [['Authorization', 'Bearer secret']] })
    await client.send({ method: 'GET', url: `${own}/` })
    await client.send({ method: 'GET', url: `${other}/` })
    expect(seen).toEqual(['Bearer secret', undefined])
  })

  test('tells a refused connection, a missing answer and an answer that is too large as outcomes', async () => {
    const silent = await listen(net.createServer((socket) => socket.on('error', () => {})))
    const large = await serveHttp((_, response) => response.end('x'.repeat(5000)))
    const closed = await listen(net.createServer())
    closing.pop()?.()
    const reason = async (origin: string) =>
      (await clientFor(origin, { timeoutMs: 200, maxResponseBytes: 1000 }).send({ method: 'GET', url: origin })).failure
        ?.reason
    expect(await reason(silent)).toBe('timeout')
    expect(await reason(large)).toBe('too-large')
    expect(await reason(closed)).toBe('refused')
  })

  test('stops at the limit of requests, and still cleans up', async () => {
    const origin = await serveHttp((_, response) => response.end())
    const client = clientFor(origin, { maxRequests: 1 })
    await client.send({ method: 'GET', url: origin })
    await expect(client.send({ method: 'GET', url: origin })).rejects.toThrow(RequestsSpent)
    client.cleanUp()
    expect(isAnswer(await client.send({ method: 'DELETE', url: origin }))).toBe(true)
  })

  test('sends nothing once it is stopped, ends what is under way, and still cleans up', async () => {
    const waiting: (() => void)[] = []
    const origin = await serveHttp((request, response) => {
      if (request.method === 'DELETE') response.end()
      else waiting.push(() => response.end())
      client.stop()
    })
    const client = clientFor(origin)
    const first = client.send({ method: 'POST', url: origin })
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    await expect(client.send({ method: 'POST', url: origin })).rejects.toThrow(RunStopped)
    waiting[0]?.()
    expect(isAnswer(await first)).toBe(true)
    client.cleanUp()
    client.stop()
    expect(isAnswer(await client.send({ method: 'DELETE', url: origin }))).toBe(true)
  })

  test('spaces its requests by the rate', async () => {
    const waits: number[] = []
    const origin = await serveHttp((_, response) => response.end())
    const client = clientFor(origin, { rate: 2, sleep: async (ms) => void waits.push(ms) })
    for (let n = 0; n < 3; n++) await client.send({ method: 'GET', url: origin })
    expect(waits.map((ms) => Math.round(ms / 100))).toEqual([5, 10])
  })
})

describe('a race', () => {
  test('holds every request back until all but the last byte of each has arrived', async () => {
    const lanes = 8
    const order: string[] = []
    let allHeads = () => {}
    const headsSeen = new Promise<void>((resolve) => {
      allHeads = resolve
    })
    const origin = await serveHttp((request, response) => {
      if (order.push('head') === lanes) allHeads()
      request.on('data', () => {})
      request.on('end', () => {
        order.push('end')
        response.writeHead(201, { 'Transfer-Encoding': 'chunked' })
        response.write('{"a":')
        response.end('1}')
      })
    })
    const exchanges = await clientFor(origin, { sleep: () => headsSeen }).race(
      Array.from({ length: lanes }, () => ({ method: 'POST', url: `${origin}/x`, body: '{"n":1}' })),
    )
    expect(exchanges.map(({ response }) => [response?.status, response?.body])).toEqual(
      Array(lanes).fill([201, '{"a":1}']),
    )
    expect(order).toEqual([...Array(lanes).fill('head'), ...Array(lanes).fill('end')])
  })

  test('gives every lane an outcome when the server drops some of them', async () => {
    let lanes = 0
    const origin = await serveHttp((request, response) => {
      lanes++
      if (lanes % 2 === 0) request.socket.destroy()
      else response.writeHead(201).end()
    })
    const exchanges = await clientFor(origin).race(
      Array.from({ length: 4 }, () => ({ method: 'POST', url: `${origin}/x`, body: '{}' })),
    )
    expect(exchanges.filter(isAnswer)).toHaveLength(2)
    expect(exchanges.filter(({ failure }) => failure?.reason === 'reset')).toHaveLength(2)
  })
})

describe('hanging up', () => {
  test('delivers the whole request', async () => {
    const body = await new Promise<string>((resolve) => {
      void serveHttp((request) => {
        let text = ''
        request.on('error', () => {})
        request.on('data', (chunk) => {
          text += chunk
        })
        request.on('end', () => resolve(text))
      }).then(async (origin) => {
        const exchange = await clientFor(origin).hangUp({ method: 'POST', url: `${origin}/x`, body: '{"whole":true}' })
        expect(exchange.failure?.reason).toBe('hung-up')
      })
    })
    expect(body).toBe('{"whole":true}')
  })
})
