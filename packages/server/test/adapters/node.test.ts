import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { creationListener, type NodeHandler, type NodeRequest, toNode } from '../../src/adapters/node.ts'
import type { Creation } from '../../src/creation/creation.ts'
import {
  type AdapterHarness,
  type Before,
  createGate,
  describeAdapter,
  type Mounting,
  type OwnAnswer,
  type Served,
} from '../../src/testing/index.ts'
import { sendRequest } from '../../src/testing/send-request.ts'
import { listen } from './listen.ts'
import { createNotes } from './notes.ts'

type Mount = (routes: Readonly<Record<string, Creation<unknown>>>, mounting: Mounting) => NodeHandler

const serve =
  (mount: Mount): AdapterHarness['serve'] =>
  (routes, mounting) =>
    listen(applied(mounting.before, mount(routes, mounting)), mounting.http2)

/** What an application without a framework does in front of its routes. */
function applied(before: Before | undefined, next: NodeHandler): RequestListener {
  return (request, response) => {
    try {
      if (before?.kind === 'answers') return send(response, before.answer)
      if (before?.kind === 'throws') throw before.error
      for (const cookie of before?.cookies() ?? []) response.appendHeader('Set-Cookie', cookie)
      next(request, response)
    } catch (error) {
      if (before?.kind !== 'throws' || error !== before.error) throw error
      send(response, before.answer)
    }
  }
}

function send(response: ServerResponse, { status, headers, body }: OwnAnswer): void {
  response.writeHead(status, headers).end(body)
}

const prefixed = (routes: Readonly<Record<string, Creation<unknown>>>, prefix: string) =>
  Object.fromEntries(Object.entries(routes).map(([path, creation]) => [prefix + path, creation]))

const byListener: Mount = (routes, { prefix }) => creationListener(prefixed(routes, prefix))

/** A router as one writes it oneself: it finds the handler and gives it the parameters. */
const byHand: Mount = (routes, { prefix }) => {
  const rows = Object.entries(routes).map(([path, creation]) => ({
    matches: new RegExp(`^${prefix}${path.replace(/\{(\w+)\}/g, '(?<$1>[^/?]+)')}(?:\\?|$)`),
    answer: toNode(creation),
  }))
  return (request, response) => {
    for (const { matches, answer } of rows) {
      const found = request.method === 'POST' ? matches.exec(request.url!) : null
      if (found === null) continue
      const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
      return answer(request, response, Object.fromEntries(params))
    }
    return send(response as ServerResponse, { status: 404, headers: {}, body: '' })
  }
}

/** Somebody before us reads the body and leaves what it says; what it refuses has a form of its own. */
const parsedBefore: Mount = (routes, mounting) => {
  const next = byListener(routes, mounting)
  return async (request, response) => {
    try {
      let text = ''
      for await (const chunk of request) text += chunk
      Object.assign(request, { body: text === '' ? undefined : JSON.parse(text) })
    } catch {
      return send(response as ServerResponse, { status: 400, headers: {}, body: 'What is this?' })
    }
    return next(request, response)
  }
}

const runner = { afterEach, beforeEach, describe, it }
const whole = { rawBodies: true, refusals: true, http2: true } as const

describeAdapter({ ...whole, name: 'node, by its listener', serve: serve(byListener) }, runner)
describeAdapter(
  {
    ...whole,
    name: 'node, by a router of its own',
    lacks: { otherMethods: "that router's" },
    serve: serve(byHand),
  },
  runner,
)
describeAdapter(
  { name: 'node, behind a parser', rawBodies: false, refusals: false, serve: serve(parsedBefore) },
  runner,
)

describe('the listener', () => {
  let creation: Creation<IncomingMessage>
  let closeNotes: () => Promise<void>
  let served: Served | undefined
  beforeEach(() => {
    const notes = createNotes<IncomingMessage>()
    creation = notes.creation
    closeNotes = notes.close
    served = undefined
  })
  afterEach(async () => {
    await served?.close()
    await closeNotes()
  })

  it('serves what else a path answers, and names it where a method is not there', async () => {
    const listNotes: NodeHandler = (_request, response) => {
      response.setHeader('X-List', 'yes')
      response.end('[]')
    }
    served = await listen(creationListener({ '/notes': { POST: creation, GET: listNotes } }))
    const ask = (method: string) => sendRequest(served!.origin, { method, path: '/notes' })
    expect((await ask('GET')).body).toBe('[]')
    expect((await ask('HEAD')).headers.get('x-list')).toEqual(['yes'])
    expect((await ask('PATCH')).headers.get('allow')).toEqual(['GET, HEAD, POST, OPTIONS'])
    expect((await ask('OPTIONS')).headers.get('allow')).toEqual(['GET, HEAD, POST, OPTIONS'])
  })

  it('gives other paths to the application, or answers an empty 404', async () => {
    served = await listen(creationListener({ '/notes': creation }))
    expect(await sendRequest(served.origin, { path: '/other' })).toMatchObject({ status: 404, body: '' })
    await served.close()
    served = await listen(
      creationListener({ '/notes/{id}': creation }, (_request, response) => void response.end('other')),
    )
    for (const path of ['/', '/notes', '/notes/', '/notes/1/', '/notes/%', '/Notes/1']) {
      expect((await sendRequest(served.origin, { path })).body, path).toBe('other')
    }
  })

  it('refuses a pattern that is none, before any request', () => {
    for (const pattern of ['orders', '/orders/{id', '/orders/x{id}', '/{a-b}', '/orders/:id']) {
      expect(() => creationListener({ [pattern]: creation })).toThrow(TypeError)
    }
  })

  it('refuses a body that is too large before it has ended, and keeps none of the rest', async () => {
    served = await listen(creationListener({ '/notes': creation }))
    const { hostname, port, host } = new URL(served.origin)
    const socket = connect({ host: hostname, port: Number(port) })
    const head = `POST /notes HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
    socket.write(`${head}${(2_000).toString(16)}\r\n${'x'.repeat(2_000)}\r\n`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })

  it('resolves where the client hung up while middleware was at work, and creates nothing', async () => {
    const [entered, done] = [createGate(), createGate()]
    let isAsked = false
    const handle: Creation<NodeRequest>['handle'] = () => {
      isAsked = true
      return { status: 201, headers: {} }
    }
    served = await listen(async (request, response) => {
      entered.open()
      await new Promise((resolve) => request.once('close', resolve))
      await toNode({ ...creation, handle })(request, response)
      done.open()
    })
    const { hostname, port } = new URL(served.origin)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.write('POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}')
    await entered.opened
    socket.destroy()
    await done.opened
    expect(isAsked).toBe(false)
  })

  it('answers 500, and creates nothing, where middleware read the body and kept nothing: it is no fault of the client', async () => {
    served = await listen((request, response) => {
      request.resume().once('end', () => void toNode(creation)(request, response))
    })
    const headers = [['Content-Type', 'application/json']] as const
    const lost = await sendRequest(served.origin, { path: '/notes', headers, body: '{"text":"tea"}' })
    expect([lost.status, JSON.parse(lost.body).type]).toEqual([500, '/problems/internal-error'])
    const empty = await sendRequest(served.origin, { path: '/notes', headers })
    expect([empty.status, JSON.parse(empty.body).type]).toEqual([400, '/problems/malformed-body'])
  })

  it('holds nothing for a body that is still coming: meanwhile its key is free, and the server ends it by its own clock', async () => {
    const server = createServer({ requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 50 })
    server.on('request', creationListener({ '/notes': creation })).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    served = { origin: `http://127.0.0.1:${port}`, close: async () => void server.close().closeAllConnections() }
    const slow = connect({ host: '127.0.0.1', port })
    const arrived = once(server, 'request')
    slow.write(
      'POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: k1\r\nContent-Length: 14\r\n\r\n{"text":',
    )
    await arrived
    const headers = [['Content-Type', 'application/json'] as const, ['Idempotency-Key', 'k1'] as const]
    const other = await sendRequest(served.origin, { path: '/notes', headers, body: '{"text":"tea"}' })
    expect([other.status, other.headers.get('location')]).toEqual([201, ['/notes/1']])
    const [answer] = (await once(slow, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /)
    const next = await sendRequest(served.origin, {
      path: '/notes',
      headers: headers.slice(0, 1),
      body: '{"text":"milk"}',
    })
    expect(next.headers.get('location')).toEqual(['/notes/2'])
    slow.destroy()
  })

  it('resolves where somebody else has answered', async () => {
    const done = createGate()
    served = await listen(async (request, response) => {
      response.writeHead(504).end('too late')
      await toNode(creation)(request, response)
      done.open()
    })
    expect(await sendRequest(served.origin, { path: '/notes' })).toMatchObject({ status: 504, body: 'too late' })
    await done.opened
  })

  it('understands the absolute form of a target, which proxies are asked with', async () => {
    served = await listen(creationListener({ '/notes': creation }))
    const { status, headers } = await sendRequest(served.origin, {
      path: 'http://evil.example/notes?dry=1',
      headers: [['Content-Type', 'application/json']],
      body: '{"text":"tea"}',
    })
    expect([status, headers.get('location')]).toEqual([201, ['/notes/1']])
  })
})
