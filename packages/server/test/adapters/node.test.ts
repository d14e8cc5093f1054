import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { creationListener, type NodeHandler, toNode } from '../../src/adapters/node.ts'
import type { Creation } from '../../src/creation/define-creation.ts'
import {
  type AdapterHarness,
  type Before,
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
    for (const pattern of ['orders', '/orders/{id', '/orders/x{id}', '/{a-b}']) {
      expect(() => creationListener({ [pattern]: creation })).toThrow(TypeError)
    }
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
