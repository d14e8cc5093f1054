import { once } from 'node:events'
import type { Server } from 'node:http'
import type { RunningApp } from './running-app.ts'

/**
 * Lets a server listen on a free port of 127.0.0.1; one that listens already is taken as it is, and is not closed.
 */
export async function listen(server: Server): Promise<RunningApp> {
  if (server.listening) return { baseUrl: addressOf(server), close: async () => {} }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: addressOf(server),
    async close() {
      const closed = once(server, 'close')
      server.close()
      // Connections that are kept alive would hold the test for seconds.
      server.closeAllConnections()
      await closed
    },
  }
}

function addressOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new TypeError(`The server listens on ${address ?? 'nothing'}, and not on a port.`)
  const host = { '::': '127.0.0.1', '0.0.0.0': '127.0.0.1' }[address.address] ?? address.address
  const scheme = 'setSecureContext' in server ? 'https' : 'http'
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
