import { randomUUID } from 'node:crypto'
import { createonce, problemPages } from '@createonce/server/fastify'
import type { ReadDocument } from '@createonce/verifier/document'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { servedDocument } from './document/served-document.ts'
import type { Plan } from './plan/plan.ts'
import { notFound, sendProblem } from './problem.ts'
import { type Access, addRoutes } from './routes/add-routes.ts'
import type { Service } from './routes/service.ts'
import type { Rows } from './rows/rows.ts'

/** How a document is served. */
export interface BuildOptions {
  readonly document: ReadDocument['document']
  readonly plan: Plan
  readonly rows: Rows<unknown>
  readonly access: Access
  readonly ownerOf: Service['ownerOf']
  readonly publicBaseUrl?: string
  /** One JSON line per creation on standard output. */
  readonly logs: boolean
}

/** Builds the service of a document: its operations, and what every service has. */
export async function buildService(options: BuildOptions): Promise<FastifyInstance> {
  const { document, plan, rows, access, ownerOf, publicBaseUrl, logs } = options
  const app = fastify({
    logger: logs,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
  })
  const service: Service = {
    rows,
    resources: new Map(plan.resources.map((resource) => [resource.key, resource])),
    ownerOf,
    now: () => new Date(),
    log: app.log,
    ...(publicBaseUrl !== undefined && { publicBaseUrl }),
  }
  await app.register(createonce)
  const { creations, added } = addRoutes(app, service, plan, access)
  const shown = servedDocument(document as never, {
    plan,
    creations,
    publicBaseUrl,
    added: added.map(({ resource, like }) => ({
      path: resource.itemPath,
      noun: resource.noun,
      like: like?.raw['security'] === undefined ? {} : { security: like.raw['security'] },
    })),
  })
  app.get('/openapi.json', () => shown)
  app.get('/problems/:code', problemPages)
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, notFound('resource')))
  return app
}
