import { createServer, type Socket } from 'node:net'

/** What the server has got on one connection, and how it answers there. */
export interface Received {
  readonly head: string
  readonly body: string
  readonly connection: number
  write(text: string): void
  close(): void
}

/** A server of raw bytes, which hands each request to `respond`. */
export async function answeringServer(respond: (request: Received) => void): Promise<{ port: number; close(): void }> {
  const sockets: Socket[] = []
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = sockets.push(socket) - 1
    let seen = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      seen += chunk.toString('utf8')
      const end = seen.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(seen)?.[1])
      const rest = Buffer.from(seen.slice(end + 4))
      if (end === -1 || rest.length < length) return
      // As long as it is announced: what is announced wrongly is cut.
      const request = { head: seen.slice(0, end), body: rest.toString('utf8', 0, length) }
      seen = ''
      respond({ ...request, connection, write: (text) => socket.write(text), close: () => socket.destroy() })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    port,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** An answer with this status and a body of this length. */
export function answer(status: number, length: number, header = 'Date: today'): string {
  return `HTTP/1.1 ${status} Whatever\r\n${header}\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(length)}`
}
