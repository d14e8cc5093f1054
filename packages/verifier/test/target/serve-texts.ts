import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ServedText {
  readonly status?: number
  readonly type?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface TextServer extends AsyncDisposable {
  readonly url: string
  /** What was asked for, in order. */
  readonly requests: readonly IncomingMessage[]
}

/** Serves texts by path on a port of its own; everything else is 404. */
export async function serveTexts(texts: Readonly<Record<string, ServedText | object | string>>): Promise<TextServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    const found = texts[request.url ?? '']
    if (found === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
      return
    }
    const text = toServed(found)
    response.writeHead(text.status ?? 200, { 'content-type': text.type ?? 'application/json', ...text.headers })
    response.end(text.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function toServed(found: ServedText | object | string): ServedText {
  if (typeof found === 'string') return { body: found }
  return 'status' in found || 'body' in found ? found : { body: JSON.stringify(found) }
}
