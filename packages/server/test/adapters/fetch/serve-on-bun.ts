import type { Fetch, ServeFetch } from './serve-fetch.ts'

// The part of Bun's API that is used: its types would replace those of Node for the whole workspace.
declare const Bun: {
  serve(options: { readonly port: number; readonly hostname: string; readonly fetch: Fetch }): {
    readonly port: number
    stop(closeConnections: boolean): Promise<void>
  }
}

/** A `fetch` served by Bun itself. */
export const serveOnBun: ServeFetch = async (fetch) => {
  const server = Bun.serve({ fetch, port: 0, hostname: '127.0.0.1' })
  return { origin: `http://127.0.0.1:${server.port}`, close: () => server.stop(true) }
}
