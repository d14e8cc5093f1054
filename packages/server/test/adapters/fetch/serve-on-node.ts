import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { ServeFetch } from './serve-fetch.ts'

/** A `fetch` behind a real socket of this Node. */
export const serveOnNode: ServeFetch = async (fetch, { http2 }) => {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1', ...(http2 && { createServer }) }) as Server
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      // A server over HTTP/2 has no such method; its client closes its session.
      server.closeAllConnections?.()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
