import { once } from 'node:events'
import { type ClientHttp2Stream, connect, type OutgoingHttpHeaders } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import type { WireAnswer, WireRequest } from './send-request.ts'

/** One connection over HTTP/2. */
export interface Http2Client {
  send(request: WireRequest): Promise<WireAnswer>
  /** Begins a request, sends its body without its end, and resets the stream; resolves when the server knows. */
  breakOff(request: WireRequest): Promise<void>
  close(): Promise<void>
}

/** Opens it, in clear text. */
export async function openHttp2(origin: string): Promise<Http2Client> {
  const { hostname, port } = new URL(origin)
  const socket = connectSocket({ host: hostname, port: Number(port) })
  const session = connect(origin, { createConnection: () => socket })
  await once(session, 'connect')

  function begin({ method = 'POST', path, headers = [] }: WireRequest): ClientHttp2Stream {
    const fields: OutgoingHttpHeaders = { ':method': method, ':path': path }
    for (const [name, value] of headers) {
      const before = fields[name.toLowerCase()]
      fields[name.toLowerCase()] = before === undefined ? value : [before as string, value]
    }
    return session.request(fields, { endStream: false })
  }

  return {
    async send(request) {
      const stream = begin(request)
      let status = 0
      const seen = new Map<string, readonly string[]>()
      stream.on('response', (headers) => {
        status = headers[':status']!
        for (const name in headers) seen.set(name, [headers[name]!].flat().map(String))
      })
      stream.end(request.body)
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      return { status, headers: seen, body: Buffer.concat(chunks).toString('utf8'), isOnSameConnection: true }
    },
    async breakOff(request) {
      const stream = begin(request)
      stream.on('error', () => undefined).resume()
      await new Promise<void>((resolve) => stream.write(request.body, () => resolve()))
      // Written by hand: the client of Node ends a body before it resets the stream, and then nothing is missing.
      socket.write(resetFrame(stream.id!))
      // Frames of a connection are read in order: what answers the ping has read the reset.
      await new Promise<void>((resolve) => session.ping(() => resolve()))
    },
    async close() {
      const closed = once(session, 'close')
      session.destroy()
      await closed
    },
  }
}

/** RST_STREAM with the code CANCEL (RFC 9113 §6.4). */
function resetFrame(stream: number): Buffer {
  const frame = Buffer.from([0, 0, 4, 3, 0, 0, 0, 0, 0, 0, 0, 0, 8])
  frame.writeUInt32BE(stream, 5)
  return frame
}
