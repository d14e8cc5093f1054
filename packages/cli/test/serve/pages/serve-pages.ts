import type { AddressInfo } from 'node:net'
import type { Writable } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { addPages, type PagesSettings } from '../../../src/serve/pages/add-pages.ts'
import { createMetrics } from '../../../src/serve/pages/metrics/create-metrics.ts'

/** The pages on a server of their own. */
export interface ServedPages {
  readonly app: FastifyInstance
  readonly url: string
  readonly leftOut: readonly string[]
}

const open: FastifyInstance[] = []

/** Serves the pages on a real port; `routes` come first, as the operations of a document do. */
export async function servePages(
  settings: Partial<PagesSettings> = {},
  routes: (app: FastifyInstance) => void = () => {},
  { log, ...options }: FastifyServerOptions & { readonly log?: Writable } = {},
): Promise<ServedPages> {
  const app = fastify({
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    ...options,
    ...(log !== undefined && { logger: { stream: log } }),
  })
  open.push(app)
  routes(app)
  const leftOut = addPages(app, {
    document: { openapi: '3.1.0', info: { title: 'Notes', version: '2.1.0' }, paths: {} },
    metrics: createMetrics(),
    check: async () => {},
    ...settings,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, leftOut }
}

/** Ends all of them. */
export async function closeServedPages(): Promise<void> {
  await Promise.all(open.splice(0).map((app) => app.close()))
}
