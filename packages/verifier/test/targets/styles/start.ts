import http from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { Decisions, Reply } from './decisions.ts'
import { createService, type Incoming } from './service.ts'
import type { Style } from './style.ts'
import type { Words } from './words.ts'

/** A running API. */
export interface Running {
  readonly document: string
  /** How many things it holds; undefined where it cannot be asked. */
  count(): number | undefined
  close(): Promise<void>
}

/** Starts an API in a style, in words, with a fault, on a free port. */
export async function start(style: Style, words: Words, fault: Partial<Decisions> = {}): Promise<Running> {
  let origin = ''
  const service = createService(style, words, fault, () => origin)
  const running = style.host === 'fastify' ? await onFastify(service.handle) : await onNode(service.handle)
  origin = `http://127.0.0.1:${running.port}`
  return { document: `${origin}/openapi.json`, count: service.count, close: running.close }
}

type Handle = (request: Incoming) => Promise<Reply>
type Host = { readonly port: number; close(): Promise<void> }

async function onNode(handle: Handle): Promise<Host> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('error', () => {})
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { status, headers, body } = await handle(incoming(request, Buffer.concat(chunks)))
      response.writeHead(status, headers.flat() as string[])
      response.end(written(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { port: (server.address() as AddressInfo).port, close }
}

async function onFastify(handle: Handle): Promise<Host> {
  const app = fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.all('*', async (request, response) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { status, headers, body } = await handle(incoming(request.raw, bytes))
    response.code(status)
    for (const name of new Set(headers.map(([name]) => name))) {
      const values = headers.filter(([other]) => other === name).map(([, value]) => value)
      response.header(name, values.length === 1 ? values[0] : values)
    }
    return response.send(written(body))
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }
}

function incoming(request: http.IncomingMessage, body: Buffer): Incoming {
  const lines = request.rawHeaders
  return {
    method: request.method ?? '',
    target: request.url ?? '/',
    headers: request.headers,
    keyLines: lines.filter((_, at) => at % 2 === 1 && lines[at - 1]?.toLowerCase() === 'idempotency-key'),
    body,
    isGone: () => request.socket.destroyed,
  }
}

function written(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
}
