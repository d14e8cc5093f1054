import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer as createServer2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
// @ts-expect-error It has no types of its own.
import compression from 'compression'
import express, { type Request } from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idempotent as guardExpress } from '../../src/adapters/idempotent/express.ts'
import { idempotent } from '../../src/adapters/idempotent/node.ts'
import { defineIdempotent, type Guard } from '../../src/guard/index.ts'
import { type MemoryStore, memoryStore } from '../../src/stores/memory.ts'
import { createGate } from '../../src/testing/gate.ts'
import { type ManualTime, manualTime } from '../../src/testing/manual-time.ts'
import { sendRequest, type WireAnswer, type WireRequest } from '../../src/testing/send-request.ts'
import { temporaryFile } from '../stores/temporary-file.ts'
import { type Served, serve } from './serve.ts'

// What a response of node:http can do besides being answered at once: each is decided, none of them hangs.

const MOST_BYTES = 10_000
let time: ManualTime
let store: MemoryStore
let guard: Guard<IncomingMessage>
let served: Served[]

beforeEach(() => {
  time = manualTime()
  store = memoryStore()
  served = []
  guard = defineIdempotent({
    operation: 'createThing',
    store,
    principal: 'anybody',
    idempotency: { key: 'required', maxRecordedBytes: MOST_BYTES },
    time,
  })
})
afterEach(async () => {
  for (const one of served) await one.close()
  await store.close()
})

async function open(handler: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const one = await serve(idempotent(guard, handler))
  served.push(one)
  return one.origin
}
async function openExpress(mount: (app: express.Express) => void): Promise<string> {
  const app = express()
  mount(app)
  const one = await serve(app)
  served.push(one)
  return one.origin
}
const post = (origin: string, request: Partial<WireRequest> = {}): Promise<WireAnswer> =>
  sendRequest(origin, { path: '/things', ...request, headers: [...(request.headers ?? []), ['Idempotency-Key', 'k1']] })
const isReplay = ({ headers }: WireAnswer): boolean => headers.has('idempotent-replayed')

/** Sends a request and gives the answer as soon as its head is there. */
async function head(origin: string): Promise<IncomingMessage> {
  const sending = httpRequest(`${origin}/things`, {
    method: 'POST',
    agent: false,
    headers: { 'Idempotency-Key': 'k1' },
  })
  sending.end()
  const [response] = (await once(sending, 'response')) as [IncomingMessage]
  return response
}

describe('a stream', () => {
  it.each([
    ['events', (response: ServerResponse) => void response.writeHead(201, { 'Content-Type': 'text/event-stream' })],
    ['what is flushed', (response: ServerResponse) => response.flushHeaders()],
  ])('of %s is let through as it comes, and its reference is recorded', async (_, begin) => {
    const gate = createGate()
    const origin = await open(async (_request, response) => {
      response.statusCode = 201
      response.setHeader('Location', '/things/1')
      begin(response)
      response.write('data: one\n\n')
      await gate.opened
      response.end('data: two\n\n')
    })
    const response = await head(origin)
    const [first] = (await once(response, 'data')) as [Buffer]
    expect([response.statusCode, first.toString()]).toEqual([201, 'data: one\n\n'])
    gate.open()
    expect((await once(response, 'data')).toString()).toBe('data: two\n\n')
    const retry = await post(origin)
    expect([retry.status, retry.body, retry.headers.get('location'), isReplay(retry)]).toEqual([
      201,
      '',
      ['/things/1'],
      true,
    ])
  })

  it('that nobody has announced is let through when it has been held back for long enough', async () => {
    const [begun, gate] = [createGate(), createGate()]
    const origin = await open(async (_request, response) => {
      response.write('one')
      begun.open()
      await gate.opened
      response.end('two')
    })
    const answering = head(origin)
    await begun.opened
    time.move(10_000)
    const response = await answering
    expect((await once(response, 'data')).toString()).toBe('one')
    gate.open()
    expect((await once(response, 'data')).toString()).toBe('two')
    expect((await post(origin)).body).toBe('')
  })

  it('larger than what is held back makes its writer wait, and arrives in full', async () => {
    let most = 0
    const origin = await open(async (_request, response) => {
      let unheard = 0
      for (let piece = 0; piece < 500; piece++) {
        unheard += 1_000
        most = Math.max(most, unheard)
        if (response.write('x'.repeat(1_000))) continue
        await once(response, 'drain')
        unheard = 0
      }
      response.end()
    })
    expect((await post(origin)).body).toHaveLength(500_000)
    // As much as is held back and one piece more, or what the socket takes by itself.
    expect(most).toBeLessThanOrEqual(Math.max(MOST_BYTES + 1_000, 70_000))
    expect((await post(origin)).body).toBe('')
  })
})

describe('an answer', () => {
  it('is the first one: a second throws as it would without a guard, and changes nothing', async () => {
    let code: unknown
    const origin = await openExpress((app) =>
      app.post('/things', guardExpress(guard), (_request, response) => {
        response.status(201).json({ first: true })
        try {
          response.status(202).json({ second: true })
        } catch (error) {
          code = (error as { code: string }).code
        }
      }),
    )
    const first = await post(origin)
    expect([first.status, first.body, code]).toEqual([201, '{"first":true}', 'ERR_HTTP_HEADERS_SENT'])
    expect((await post(origin)).body).toBe('{"first":true}')
  })

  it('looks sent to its handler from the moment on when it is', async () => {
    const seen: unknown[] = []
    const origin = await open((_request, response) => {
      seen.push(response.headersSent, response.writableEnded)
      response.write('a')
      seen.push(response.headersSent, response.writableEnded)
      response.end()
      seen.push(response.headersSent, response.writableEnded)
    })
    await post(origin)
    expect(seen).toEqual([false, false, true, false, true, true])
  })

  it('may be a file', async () => {
    const { file, remove } = await temporaryFile()
    await writeFile(file, 'a file')
    const origin = await openExpress((app) =>
      app.post('/things', guardExpress(guard), (_request, response) => response.sendFile(file, { dotfiles: 'allow' })),
    )
    expect([(await post(origin)).body, (await post(origin)).body]).toEqual(['a file', 'a file'])
    await remove()
  })

  it('may come after early hints, which are sent at once and recorded nowhere', async () => {
    const origin = await open((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' })
      response.writeHead(201).end('made')
    })
    const hints: unknown[] = []
    const sending = httpRequest(`${origin}/things`, { method: 'POST', headers: { 'Idempotency-Key': 'k1' } })
    sending.on('information', ({ statusCode }) => hints.push(statusCode))
    sending.end()
    await once(sending, 'response')
    expect(hints).toEqual([103])
    expect((await post(origin)).headers.has('link')).toBe(false)
  })

  it.each([
    ['in front of the guard: recorded as text, and compressed for whoever asks', true],
    ['behind the guard: recorded by reference, since another client may not understand the coding', false],
  ])('may be compressed, by middleware %s', async (_, isInFront) => {
    const origin = await openExpress((app) => {
      const middleware = [compression({ threshold: 0 }), guardExpress(guard)]
      app.use(...(isInFront ? middleware : middleware.reverse()))
      app.post('/things', (_request, response) => response.status(201).location('/things/1').send('made'))
    })
    const first = await post(origin, { headers: [['Accept-Encoding', 'gzip']] })
    expect(first.headers.get('content-encoding')).toEqual(['gzip'])
    const retry = await post(origin)
    expect([retry.body, retry.headers.has('content-encoding')]).toEqual([isInFront ? 'made' : '', false])
    expect(retry.headers.get('location')).toEqual(['/things/1'])
  })

  it('goes over HTTP/2 like any other', async () => {
    const bodies: string[] = []
    const handler = idempotent(guard, async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      bodies.push(body)
      response.writeHead(201, { Location: '/things/1' }).end('made')
    })
    const server = createServer2((request: Http2ServerRequest, response: Http2ServerResponse) =>
      handler(request as unknown as IncomingMessage, response as unknown as ServerResponse),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    try {
      for (const replayed of [undefined, 'true']) {
        const stream = client.request({ ':method': 'POST', ':path': '/things', 'idempotency-key': 'k1' })
        stream.end('{"name":"tea"}')
        const [headers] = await once(stream, 'response')
        let body = ''
        for await (const chunk of stream) body += chunk
        expect([headers[':status'], headers['location'], headers['idempotent-replayed'], body]).toEqual([
          201,
          '/things/1',
          replayed,
          'made',
        ])
      }
      expect(bodies).toEqual(['{"name":"tea"}'])
    } finally {
      client.destroy()
      server.close()
    }
  })
})

describe('a request', () => {
  it('is told by the URL that the client asked for, wherever the guard is mounted', async () => {
    const origin = await openExpress((app) => {
      for (const prefix of ['/a', '/b']) {
        const router = express.Router()
        router.post('/things', guardExpress(guard), (_request, response) => void response.status(201).end())
        app.use(prefix, router)
      }
    })
    expect((await post(origin, { path: '/a/things' })).status).toBe(201)
    expect((await post(origin, { path: '/b/things' })).status).toBe(422)
  })

  it('with files is the same only with the same boundary, since it is compared by its bytes', async () => {
    const origin = await open((_request, response) => void response.writeHead(201).end())
    const form = (boundary: string) =>
      post(origin, {
        headers: [['Content-Type', `multipart/form-data; boundary=${boundary}`]],
        body: `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nabc\r\n--${boundary}--\r\n`,
      })
    expect((await form('one')).status).toBe(201)
    expect(isReplay(await form('one'))).toBe(true)
    expect((await form('two')).status).toBe(422)
  })

  it('whose form somebody has read before the guard fails, and the handler does not run', async () => {
    let runs = 0
    let said = ''
    const origin = await openExpress((app) => {
      app.use((request: Request, _response, next) => void request.on('end', next).resume())
      app.post('/things', guardExpress(guard), (_request, response) => {
        runs += 1
        response.end()
      })
      const quiet: express.ErrorRequestHandler = ({ message }, _request, response, _next) => {
        said = message
        response.status(500).end()
      }
      app.use(quiet)
    })
    const headers = [['Content-Type', 'multipart/form-data; boundary=x']] as const
    expect([(await post(origin, { headers, body: '--x--' })).status, runs]).toEqual([500, 0])
    expect(said).toMatch(/mount idempotent\(\) before/)
  })

  it('that breaks off before its last byte runs nothing', async () => {
    let runs = 0
    const origin = await open(() => {
      runs += 1
    })
    const sending = httpRequest(`${origin}/things`, {
      method: 'POST',
      headers: { 'Idempotency-Key': 'k1', 'Content-Length': '100' },
    })
    sending.write('half')
    sending.on('error', () => {})
    await once(sending, 'socket')
    await new Promise<void>((resolve) => sending.write(' of it', () => resolve()))
    const closed = new Promise((resolve) => sending.once('close', resolve))
    sending.destroy()
    await closed
    // Whatever the server does about it is done before it answers the next one.
    expect((await sendRequest(origin, { path: '/things' })).status).toBe(400)
    expect(runs).toBe(0)
  })

  it('too large is refused before its end has come: what is beyond the limit is not waited for', async () => {
    const origin = await open(() => {
      throw new Error('not reached')
    })
    const sending = httpRequest(`${origin}/things`, { method: 'POST', headers: { 'Idempotency-Key': 'k1' } })
    sending.on('error', () => {})
    // Never ended: only a server that counts as it reads can answer.
    sending.write(Buffer.alloc(guard.maxBodyBytes + 1))
    const [response] = (await once(sending, 'response')) as [IncomingMessage]
    expect([response.statusCode, response.headers['connection']]).toEqual([413, 'close'])
    sending.destroy()
  })
})

describe('a handler that was given up', () => {
  it('may still write, flush and end: it meets no error, and nobody hears of it', async () => {
    const [entered, gate] = [createGate(), createGate()]
    const faults: unknown[] = []
    const late = createGate()
    const origin = await open(async (_request, response) => {
      response.on('error', (error) => faults.push(error))
      entered.open()
      await gate.opened
      try {
        response.setHeader('X-Late', 'yes')
        response.writeHead(201)
        response.flushHeaders()
        response.write('late')
        response.end('later')
      } catch (error) {
        faults.push(error)
      }
      // Errors of a response are emitted in a later turn.
      setImmediate(() => late.open())
    })
    const answering = post(origin)
    await entered.opened
    time.move(60_000)
    const { status, body } = await answering
    gate.open()
    await late.opened
    expect([status, JSON.parse(body).type, faults]).toEqual([500, '/problems/internal-error', []])
  })
})
