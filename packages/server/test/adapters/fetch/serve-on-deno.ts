import type { Fetch, ServeFetch } from './serve-fetch.ts'

// The part of Deno's API that is used: its types would replace those of Node for the whole workspace.
declare const Deno: {
  serve(
    options: { readonly port: number; readonly hostname: string; onListen(): void },
    fetch: Fetch,
  ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> }
}

/** A `fetch` served by Deno itself. */
export const serveOnDeno: ServeFetch = async (fetch) => {
  const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => undefined }, fetch)
  return { origin: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() }
}
