import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of this process. */
export interface Listening {
  readonly url: string
  close(): Promise<void>
}

/** Serves with a handler on a free port of this machine. */
export async function listen(handler: http.RequestListener): Promise<Listening> {
  const server = http.createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The address of a port on which nothing listens. */
export async function nobody(): Promise<string> {
  const { url, close } = await listen(() => {})
  await close()
  return url
}
