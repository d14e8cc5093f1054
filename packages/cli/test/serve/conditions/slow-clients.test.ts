import http from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createGate } from '@createonce/server/testing'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { addConnectionLimit } from '../../../src/serve/conditions/connections.ts'
import { addInFlightLimit } from '../../../src/serve/conditions/in-flight.ts'
import { defaultLimits } from '../../../src/serve/conditions/limits.ts'
import { serverOptions } from '../../../src/serve/conditions/server-options.ts'
import { send } from '../../send.ts'
import { order, startShop } from './start-shop.ts'

// Small, so that the suite is quick; what is asserted is that it ends, and how. One at a time: neither covers for the other.
const quickHeaders = { headersTimeoutMs: 150, checkEveryMs: 50 }
const quickRequests = { headersTimeoutMs: 150, requestTimeoutMs: 150, checkEveryMs: 50 }
// Far below the limits: each drip comes in time.
const DRIP_MS = 20

function portOf(url: string): number {
  return Number(new URL(url).port)
}

/** Sends something, then a drip again and again until the server has closed the connection; resolves with what came back. */
function dripping(url: string, start: string, drip: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(portOf(url), '127.0.0.1')
    let received = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text
    })
    socket.write(start)
    const timer = setInterval(() => drip !== '' && socket.write(drip), DRIP_MS)
    // A drip that meets a closed connection is an error of its own.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve(received)
    })
  })
}

function opened(url: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(url), '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
  })
}

describe('a client that is slow', () => {
  it.each([
    ['says nothing', quickHeaders, '', ''],
    ['drips header lines', quickHeaders, 'GET /orders HTTP/1.1\r\nHost: here\r\n', 'X-Drip: a\r\n'],
    [
      'drips a body',
      quickRequests,
      'POST /orders HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n',
      ' ',
    ],
    [
      'drips chunks',
      quickRequests,
      'POST /orders HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\n \r\n',
    ],
  ])('and %s is answered 408 and dropped, and others are served meanwhile', async (_how, limits, start, drip) => {
    const shop = await startShop({ limits })
    const slow = dripping(shop.url, start, drip)
    expect((await send('GET', `${shop.url}/orders`)).status).toBe(200)
    expect(await slow).toMatch(/^HTTP\/1\.1 408 /)
    await shop.stop()
  })

  it('and keeps a connection without using it loses it', async () => {
    const shop = await startShop({ limits: { keepAliveTimeoutMs: 50, checkEveryMs: 50 } })
    expect(await dripping(shop.url, 'GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n', '')).toMatch(/^HTTP\/1\.1 200 /)
    await shop.stop()
  })

  it('and does not fetch its answer is dropped', async () => {
    const limits = { ...defaultLimits, answerTimeoutMs: 150 }
    const app = fastify(serverOptions(limits))
    addInFlightLimit(app, limits)
    // More than the buffers of two sockets take.
    const large = 'x'.repeat(64 * 1_048_576)
    const dropped = createGate()
    app.get('/', (_request, reply) => {
      reply.raw.once('close', () => dropped.open())
      reply.send(large)
    })
    const socket = await opened(await app.listen({ port: 0, host: '127.0.0.1' }))
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
    await dropped.opened
    let received = 0
    socket.on('data', ({ length }: Buffer) => {
      received += length
    })
    socket.removeAllListeners('error').on('error', () => {})
    await new Promise((resolve) => socket.on('close', resolve).resume())
    expect(received).toBeLessThan(large.length)
    await app.close()
  })

  it('and drips does not keep a server that stops', async () => {
    // The time limits of Node end with the beginning of the stop, so they have no part in this.
    const shop = await startShop({ limits: { stopWithinMs: 100 } })
    const start = 'POST /orders HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n'
    let stopped: Promise<void> | undefined
    await new Promise<void>((resolve) => {
      const socket = connect(portOf(shop.url), '127.0.0.1')
      const timer = setInterval(() => socket.write(' '), DRIP_MS)
      socket.write(start)
      // `100 Continue` says that the request is being served.
      socket.once('data', () => {
        stopped = shop.stop()
      })
      socket.on('error', () => {})
      socket.on('close', () => {
        clearInterval(timer)
        resolve()
      })
    })
    await stopped
  })
})

describe('what is too large', () => {
  it('is refused as a body: 413, whoever is asked', async () => {
    const shop = await startShop({ limits: { maxBodyBytes: 1_000 } })
    const note = 'x'.repeat(1_000)
    const creation = await send('POST', `${shop.url}/orders`, {
      body: { ...order, note },
      headers: { 'Idempotency-Key': 'k' },
    })
    const other = await send('DELETE', `${shop.url}/orders/1`, {
      body: JSON.stringify({ note }),
      headers: { 'Content-Type': 'application/json', 'Content-Length': String(JSON.stringify({ note }).length) },
    })
    const small = await send('POST', `${shop.url}/orders`, { body: order, headers: { 'Idempotency-Key': 'k' } })
    await shop.stop()
    expect([creation.status, creation.json().type]).toEqual([413, '/problems/content-too-large'])
    expect(other.status).toBe(413)
    expect(small.status).toBe(201)
  })

  it('is refused as header lines: 431', async () => {
    const shop = await startShop({ limits: { maxHeaderBytes: 2_000 } })
    const large = await send('GET', `${shop.url}/orders`, { headers: { 'X-Large': 'x'.repeat(2_000) } })
    const small = await send('GET', `${shop.url}/orders`, { headers: { 'X-Large': 'x'.repeat(1_000) } })
    await shop.stop()
    expect([large.status, small.status]).toEqual([431, 200])
  })
})

describe('what is too much', () => {
  it('of connections is told to come again, and closed; what watches the service is answered', async () => {
    const shop = await startShop({ limits: { maxConnections: 2 } })
    const agents = [1, 2].map(() => new http.Agent({ keepAlive: true, maxSockets: 1 }))
    for (const agent of agents) expect(await statusOf(`${shop.url}/orders`, agent)).toBe(200)
    const refused = await send('POST', `${shop.url}/orders`, { body: order, headers: { 'Idempotency-Key': 'k' } })
    expect([refused.status, refused.json().type]).toEqual([503, '/problems/overloaded'])
    expect(refused.headers).toMatchObject({ 'retry-after': '1', connection: 'close' })
    expect((await send('GET', `${shop.url}/health/ready`)).status).toBe(200)
    // Those that were there first are served on.
    for (const agent of agents) expect(await statusOf(`${shop.url}/orders`, agent)).toBe(200)

    for (const agent of agents) agent.destroy()
    // Until the server has noticed, each attempt is answered: nothing sleeps.
    let status = 503
    while (status === 503) ({ status } = await send('GET', `${shop.url}/orders`))
    expect(status).toBe(200)
    await shop.stop()
  })

  it('of connections is counted over all addresses of the server', async () => {
    const limits = { ...defaultLimits, maxConnections: 1 }
    const app = fastify(serverOptions(limits))
    addConnectionLimit(app, limits)
    app.get('/', () => 'here')
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    // What Fastify does for the second address of `localhost`, on machines where it has two.
    const second = http.createServer(app.server.listeners('request')[0] as http.RequestListener)
    await new Promise<void>((resolve) => second.listen(0, '127.0.0.1', resolve))
    const stranger = http.createServer((_request, response) => response.end('not counted'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const urlOf = (server: http.Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

    const elsewhere = await opened(urlOf(stranger))
    expect((await send('GET', url)).body).toBe('here')
    const agent = new http.Agent({ keepAlive: true })
    expect(await statusOf(urlOf(second), agent)).toBe(200)
    expect((await send('GET', url)).status).toBe(503)
    agent.destroy()
    elsewhere.destroy()
    second.close()
    stranger.close()
    await app.close()
  })

  it('by far is closed without an answer', async () => {
    const shop = await startShop({ limits: { maxConnections: 1 } })
    const sockets: Socket[] = []
    // One that is served, and a hundred that would be told.
    for (let n = 0; n < 101; n += 1) sockets.push(await opened(shop.url))
    const dropped = send('GET', `${shop.url}/orders`).catch(({ code }) => code)
    expect(await dropped).toBe('ECONNRESET')
    for (const socket of sockets) socket.destroy()
    await shop.stop()
  })

  it('of requests at once is told to come again, until one of them is over', async () => {
    const limits = { ...defaultLimits, maxInFlight: 1 }
    const app = fastify(serverOptions(limits))
    addInFlightLimit(app, limits)
    const gate = createGate()
    const entered = createGate()
    app.get('/slow', () => {
      entered.open()
      return gate.opened.then(() => 'done')
    })
    app.get('/quick', () => 'done')
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const slow = send('GET', `${url}/slow`)
    await entered.opened
    const refused = await send('GET', `${url}/quick`)
    gate.open()
    const served = [await slow, await send('GET', `${url}/quick`)]
    await app.close()
    expect([refused.status, refused.headers['retry-after'], refused.json().type]).toEqual([
      503,
      '1',
      '/problems/overloaded',
    ])
    expect(served.map(({ status }) => status)).toEqual([200, 200])
  })

  it('of requests on one connection ends it, after an answer that says so', async () => {
    const shop = await startShop({ limits: { maxRequestsPerSocket: 2 } })
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const connections = []
    for (let n = 0; n < 3; n += 1) connections.push(await headerOf(`${shop.url}/orders`, agent, 'connection'))
    agent.destroy()
    await shop.stop()
    expect(connections).toEqual(['keep-alive', 'close', 'keep-alive'])
  })
})

function statusOf(url: string, agent: http.Agent): Promise<number | undefined> {
  return answerOf(url, agent).then(({ statusCode }) => statusCode)
}

function headerOf(url: string, agent: http.Agent, name: string): Promise<unknown> {
  return answerOf(url, agent).then(({ headers }) => headers[name])
}

function answerOf(url: string, agent: http.Agent): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http.get(url, { agent }, (response) => response.resume().on('end', () => resolve(response))).on('error', reject)
  })
}
