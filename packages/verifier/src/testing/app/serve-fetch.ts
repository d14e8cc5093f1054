import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What answers as `fetch` would. */
export type FetchHandler = (request: Request) => Response | Promise<Response>

// Methods that a Request cannot have (Fetch §2.2.1).
const forbidden = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** Serves a fetch function over `node:http`. What it throws is answered 500, as by the platforms that run it. */
export function serveFetch(handle: FetchHandler): RequestListener {
  return (incoming, outgoing) => {
    answer(handle, incoming, outgoing).catch(() => {
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(500).end()
    })
  }
}

async function answer(handle: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const ending = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) ending.abort()
  })
  const { method = 'GET', url = '/', headers, rawHeaders } = incoming
  const address = `http://${headers.host ?? '127.0.0.1'}${url}`
  if (!URL.canParse(address)) return void outgoing.writeHead(400).end()
  if (forbidden.has(method)) return void outgoing.writeHead(501).end()
  // The whole content at once: a handler that leaves it unread would keep the connection from being used again.
  const body = Buffer.concat(await incoming.toArray())
  const lines = rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const request = new Request(address, {
    method,
    headers: lines,
    ...(hasBody && body.length > 0 && { body }),
    signal: ending.signal,
  })
  const response = await handle(request)
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  outgoing.writeHead(response.status, response.statusText)
  if (response.body === null || method === 'HEAD') outgoing.end()
  else await pipeline(Readable.fromWeb(response.body as never), outgoing)
}
