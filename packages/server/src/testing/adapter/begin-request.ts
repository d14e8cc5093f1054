import { once } from 'node:events'
import { connect } from 'node:net'
import type { HeaderLines } from '../send-request.ts'

/** A connection on which a request was begun. */
export interface BegunRequest {
  /** Breaks the connection off. */
  destroy(): Promise<void>
  /** Sends nothing more, and waits until the server has closed its side too: it knows by then. */
  end(): Promise<void>
}

/** Sends a POST of /things, or a part of it, without reading an answer. Without `contentLength` it is a first chunk. */
export async function beginRequest(
  origin: string,
  request: { readonly headers: HeaderLines; readonly contentLength?: number; readonly sent: string },
): Promise<BegunRequest> {
  const { hostname, port, host } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  // A server that was left alone may reset the connection; that is an end, too.
  socket.on('error', () => undefined).resume()
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
  const { contentLength, sent } = request
  const framing =
    contentLength === undefined
      ? (['Transfer-Encoding', 'chunked'] as const)
      : (['Content-Length', `${contentLength}`] as const)
  const lines = [['Host', host] as const, ...request.headers, framing].map(([name, value]) => `${name}: ${value}\r\n`)
  const body = contentLength === undefined ? `${sent.length.toString(16)}\r\n${sent}\r\n` : sent
  await once(socket, 'connect')
  await new Promise<void>((resolve) =>
    socket.write(`POST /things HTTP/1.1\r\n${lines.join('')}\r\n${body}`, () => resolve()),
  )
  return {
    destroy() {
      socket.destroy()
      return closed
    },
    end() {
      socket.end()
      return closed
    },
  }
}
