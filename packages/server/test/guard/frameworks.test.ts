import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { bodyParser } from '@koa/bodyparser'
import express, { type Request as ExpressRequest } from 'express'
// @ts-expect-error It has no types of its own; what is used of it is as in 5.
import express4 from 'express-4'
import fastify, { type FastifyRequest } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { idempotent as guardExpress } from '../../src/adapters/idempotent/express.ts'
import { idempotent as guardFastify } from '../../src/adapters/idempotent/fastify.ts'
import { idempotent as guardFetch } from '../../src/adapters/idempotent/fetch.ts'
import { idempotent as guardHono } from '../../src/adapters/idempotent/hono.ts'
import { idempotent as guardKoa } from '../../src/adapters/idempotent/koa.ts'
import { idempotent as guardNode } from '../../src/adapters/idempotent/node.ts'
import type { Guard } from '../../src/guard/index.ts'
import type { MemoryTransaction } from '../../src/stores/memory.ts'
import { describeGuard, type GuardedReply, type GuardHarness } from '../../src/testing/index.ts'

// Each handler reads and answers as people write it in its framework, and knows nothing of a guard but contextOf().

type Handler = Parameters<GuardHarness['serve']>[1]
type Of<Native> = Guard<Native, MemoryTransaction>

async function listen(listener: RequestListener): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** By writeHead, write and end. */
function answerRaw(response: ServerResponse, { status, headers, pieces }: GuardedReply): void {
  response.writeHead(status, headers.flat())
  for (const piece of pieces.slice(0, -1)) response.write(piece)
  response.end(pieces.at(-1))
}

/** By set, status, send, or pipe-like writes. */
function answerExpress(response: express.Response, { status, headers, pieces }: GuardedReply): void {
  response.status(status)
  for (const [name, value] of headers) response.append(name, value)
  if (pieces.length > 1) {
    for (const piece of pieces) response.write(piece)
    response.end()
  } else if (pieces.length === 0) response.end()
  else response.send(typeof pieces[0] === 'string' ? pieces[0] : Buffer.from(pieces[0]!))
}

function asText(body: unknown): string {
  if (body === undefined || (typeof body === 'object' && Object.keys(body as object).length === 0)) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}

const toFetchResponse = ({ status, headers, pieces }: GuardedReply): Response => {
  const sent = new Headers()
  for (const [name, value] of headers) sent.append(name, value)
  if (pieces.length === 0) return new Response(null, { status, headers: sent })
  const encoder = new TextEncoder()
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = bytes.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(next)
    },
  })
  return new Response(stream, { status, headers: sent })
}

const overExpress =
  (framework: typeof express, order: 'parser first' | 'guard first' | 'no parser'): GuardHarness['serve'] =>
  (guard, handler) => {
    const app = framework()
    const parsers = [framework.json(), framework.text({ type: 'text/*' })]
    if (order === 'parser first') app.use(...parsers)
    const route: express.RequestHandler = (request, response, next) => {
      const reading = order === 'no parser' ? textOf(request) : Promise.resolve(asText(request.body))
      reading
        .then((body) =>
          handler({ method: request.method, body, context: (guard as Of<ExpressRequest>).contextOf(request) }),
        )
        .then((reply) => answerExpress(response, reply))
        .catch(next)
    }
    app.all('/things', guardExpress(guard as Of<ExpressRequest>), ...(order === 'guard first' ? parsers : []), route)
    // Express' own handler prints what it answers.
    const quiet: express.ErrorRequestHandler = (_error, _request, response, _next) => void response.status(500).end()
    app.use(quiet)
    return listen(app)
  }

const overNode: GuardHarness['serve'] = (guard, handler) => {
  const known = guard as Of<IncomingMessage>
  return listen(
    guardNode(known, async (request, response) =>
      answerRaw(
        response,
        await handler({ method: request.method!, body: await textOf(request), context: known.contextOf(request) }),
      ),
    ),
  )
}

const overKoa =
  (order: 'parser first' | 'guard first' | 'no parser'): GuardHarness['serve'] =>
  (guard, handler) => {
    const known = guard as unknown as Of<Koa.Context>
    const app = new Koa()
    app.silent = true
    const parser = bodyParser({ enableTypes: ['json', 'text'], extendTypes: { text: ['text/csv'] } })
    if (order === 'parser first') app.use(parser)
    app.use(guardKoa(known) as unknown as Koa.Middleware)
    if (order === 'guard first') app.use(parser)
    app.use(async (ctx) => {
      const body = order === 'no parser' ? await textOf(ctx.req) : asText((ctx.request as { body?: unknown }).body)
      const { status, headers, pieces } = await handler({
        method: ctx.method,
        body,
        context: known.contextOf(ctx as Koa.Context),
      })
      ctx.status = status
      for (const [name, value] of headers) ctx.append(name, value)
      if (pieces.length > 0) ctx.body = Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
    })
    return listen(app.callback())
  }

const overFastify: GuardHarness['serve'] = async (guard, handler) => {
  const known = guard as unknown as Of<FastifyRequest>
  const app = fastify()
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const route = guardFastify(known, async (request, reply) => {
    const call = { method: request.method, body: asText(request.body), context: known.contextOf(request) }
    const { status, headers, pieces } = await handler(call)
    reply.code(status)
    for (const [name, value] of headers) reply.header(name, value)
    return reply.send(pieces.length === 0 ? undefined : Buffer.concat(pieces.map((piece) => Buffer.from(piece))))
  })
  app.route({ method: ['GET', 'POST'], url: '/things', handler: route })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: () => app.close() }
}

const overHono: GuardHarness['serve'] = (guard, handler) => {
  const app = new Hono()
  app.all('/things', guardHono(guard as never), async (c) => {
    const context = guard.contextOf(c as never)
    return toFetchResponse(await handler({ method: c.req.method, body: await c.req.text(), context }))
  })
  app.onError((_error, c) => c.text('broken', 500))
  return listen(getRequestListener(app.fetch))
}

const overFetch: GuardHarness['serve'] = (guard, handler) => {
  const fetch = guardFetch(guard as unknown as Of<Request>, async (request, context) =>
    toFetchResponse(
      await handler({
        method: request.method,
        body: await request.text(),
        context: context as Parameters<Handler>[0]['context'],
      }),
    ),
  )
  return listen(getRequestListener((request) => fetch(request)))
}

const harnesses: readonly GuardHarness[] = [
  { name: 'node:http', serve: overNode },
  { name: 'Express 5 without a parser', serve: overExpress(express, 'no parser') },
  { name: 'Express 5 in front of express.json()', serve: overExpress(express, 'guard first') },
  { name: 'Express 5 behind express.json()', isBehindParser: true, serve: overExpress(express, 'parser first') },
  { name: 'Express 4 in front of express.json()', serve: overExpress(express4 as typeof express, 'guard first') },
  {
    name: 'Express 4 behind express.json()',
    isBehindParser: true,
    serve: overExpress(express4 as typeof express, 'parser first'),
  },
  { name: 'Koa 3 without a parser', serve: overKoa('no parser') },
  { name: 'Koa 3 in front of its parser', serve: overKoa('guard first') },
  { name: 'Koa 3 behind its parser', isBehindParser: true, serve: overKoa('parser first') },
  { name: 'Fastify 5', isBehindParser: true, serve: overFastify },
  { name: 'Hono 4', serve: overHono },
  { name: 'fetch', serve: overFetch },
]

for (const harness of harnesses) describeGuard(harness, { afterEach, beforeEach, describe, it })
