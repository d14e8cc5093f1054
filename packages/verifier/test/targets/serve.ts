import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a small target answers. */
export interface Answering {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Starts a small target on a free port; `answer` gets the whole request, `document` its own URL (undefined: there is none). */
export async function serve(
  document: (origin: string) => unknown,
  answer: (method: string, url: URL, headers: http.IncomingHttpHeaders, body: Buffer) => Answering | Promise<Answering>,
): Promise<{ readonly origin: string; readonly document: string; close(): Promise<void> }> {
  let origin = ''
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('error', () => {})
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', origin)
      const reply: Answering =
        url.pathname === '/openapi.json' && document(origin) !== undefined
          ? { status: 200, body: document(origin) }
          : await answer(request.method ?? '', url, request.headers, Buffer.concat(chunks))
      const isText = typeof reply.body === 'string'
      response.writeHead(reply.status, {
        ...(isText || reply.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...reply.headers,
      })
      response.end(reply.body === undefined ? undefined : isText ? reply.body : JSON.stringify(reply.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    document: `${origin}/openapi.json`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
