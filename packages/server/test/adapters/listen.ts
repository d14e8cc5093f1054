import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { Served } from '../../src/testing/index.ts'

/** Serves a listener on a free port; closing ends the connections that are left. */
export async function listen(listener: RequestListener, http2 = false): Promise<Served> {
  const server = http2 ? createHttp2Server(listener as never) : createServer(listener)
  const sessions = new Set<{ destroy(): void }>()
  server.on('session', (session: { destroy(): void }) => sessions.add(session))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        ;(server as Server).closeAllConnections?.()
        for (const session of sessions) session.destroy()
      }),
  }
}
