import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { closeServedPages, servePages } from './serve-pages.ts'

afterEach(closeServedPages)

const OUT = { status: 'unavailable', why: 'the database does not answer' }

describe('/health/ready', () => {
  it('is 200 while the check passes, and 503 with the reason when it fails', async () => {
    let isDown = false
    const { url } = await servePages({
      check: async () => {
        if (isDown) throw new Error('connect ECONNREFUSED db.internal: password s3cret')
      },
    })
    const ask = () => send('GET', `${url}/health/ready`)
    expect(await ask().then(({ status, json }) => [status, json()])).toEqual([200, { status: 'ok' }])
    isDown = true
    const down = await ask()
    expect([down.status, down.json()]).toEqual([503, OUT])
    isDown = false
    expect((await ask()).status).toBe(200)
  })

  it('logs why, without what the driver hung on its error', async () => {
    let log = ''
    const stream = new Writable({
      write(line, _encoding, done) {
        log += line
        done()
      },
    })
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', password: 's3cret' })
    const { url } = await servePages({ check: () => Promise.reject(error) }, () => {}, { log: stream })
    await send('GET', `${url}/health/ready`)
    const line = log.split('\n').find((text) => text.includes('readiness'))
    expect(JSON.parse(line!)).toMatchObject({
      level: 40,
      cause: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    })
    expect(log).not.toContain('s3cret')
  })

  it('takes a check that throws at once for one that fails', async () => {
    const { url } = await servePages({
      check: () => {
        throw new Error('closed')
      },
    })
    expect((await send('GET', `${url}/health/ready`)).status).toBe(503)
  })

  it('does not wait for a database that hangs, nor ask it again before it has answered', async () => {
    let asked = 0
    let answer = () => {}
    const { url } = await servePages({
      limitMs: 1,
      check: () => {
        asked += 1
        return asked > 1 ? Promise.resolve() : new Promise((resolve) => (answer = resolve))
      },
    })
    const ask = () => send('GET', `${url}/health/ready`)
    for (const probe of await Promise.all([ask(), ask(), ask()]))
      expect([probe.status, probe.json()]).toEqual([503, OUT])
    expect(asked).toBe(1)
    answer()
    // The next one asks anew; on a slow machine its millisecond may pass before it is told.
    while ((await ask()).status !== 200);
    expect(asked).toBeGreaterThan(1)
  })

  it('is 503 while the server stops, to whoever still asks over a connection that is at work', async () => {
    let entered = () => {}
    let release = () => {}
    let asked = () => {}
    const isEntered = new Promise<void>((resolve) => (entered = resolve))
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    const { app, url } = await servePages({}, (routes) => {
      routes.get('/slow', async () => {
        entered()
        await isReleased
        return 'done'
      })
      routes.addHook('onRequest', async (request) => {
        if (request.url === '/health/ready') asked()
      })
    })
    const { port, hostname } = new URL(url)
    const socket = connect(Number(port), hostname)
    let received = ''
    const ended = new Promise((resolve) =>
      socket
        .setEncoding('utf8')
        .on('data', (text) => (received += text))
        .on('close', resolve),
    )
    const head = (path: string) => `GET ${path} HTTP/1.1\r\nHost: pages\r\n\r\n`
    socket.write(head('/slow'))
    await isEntered
    const closed = app.close()
    socket.write(head('/health/ready'))
    await isAsked
    release()
    await ended
    await closed
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503'])
    expect(received).toContain('{"status":"unavailable","why":"the server is stopping"}')
  })
})

it('/health/live asks nobody', async () => {
  const { url } = await servePages({ check: () => Promise.reject(new Error('down')) })
  const answer = await send('GET', `${url}/health/live`)
  expect([answer.status, answer.json()]).toEqual([200, { status: 'ok' }])
})

it('answers of the probes are for this moment only', async () => {
  const { url } = await servePages()
  for (const probe of ['live', 'ready']) {
    expect((await send('GET', `${url}/health/${probe}`)).headers['cache-control']).toBe('no-store')
  }
})
