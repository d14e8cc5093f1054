import { createonce } from '@createonce/server/fastify'
import type { OpenApiObject } from '@createonce/server/openapi'
import type { FastifyInstance } from 'fastify'
import { type AppOptions, createApp } from './create-app.ts'
import { servedDocument } from './document/served-document.ts'
import { addPages } from './pages/add-pages.ts'
import { pathsTaken } from './pages/paths-taken.ts'
import type { Role } from './plan/plan.ts'
import { notFound, sendProblem, unservedOperation } from './problem.ts'
import type { Contract } from './read-contract.ts'
import { addRoutes, type Routes } from './routes/add-routes.ts'
import type { Service } from './routes/service.ts'
import type { Rows } from './rows/rows.ts'
import { principalOf } from './security/principal-of.ts'
import { secretNames } from './security/secret-names.ts'
import { toGuard } from './security/to-guard.ts'
import type { Security } from './security/to-security.ts'

/** How a document is served. */
export interface BuildOptions extends AppOptions {
  readonly contract: Contract
  readonly rows: Rows<unknown>
  readonly security: Security
}

/** A service that can be told to listen. */
export interface BuiltService {
  readonly app: FastifyInstance
  readonly creations: Routes['creations']
  /** For people: what of the usual pages the document's own paths have taken. */
  readonly notes: readonly string[]
}

/** Whether an operation that anybody may ask for shows that its resources belong to nobody. */
function isShared(role: Role): boolean {
  return role.kind === 'read' || role.kind === 'list' || ('creation' in role && role.creation !== undefined)
}

/** Builds the service of a document: its operations, and what every service has. */
export async function buildService(options: BuildOptions): Promise<BuiltService> {
  const { contract, rows, security, publicBaseUrl, conditions, metrics } = options
  const { plan } = contract
  const secrets = secretNames(contract.read.document)
  const app = createApp({ ...options, credentialHeaders: secrets.headers, credentialParameters: secrets.parameters })
  // What anybody may create belongs to nobody, and so does what anybody may read: whoever may read it sees all of it.
  const open = new Set(
    plan.served
      .filter(({ operation, role }) => isShared(role) && security.checkOf(operation) === undefined)
      .map(({ resource }) => resource.key),
  )
  const service: Service = {
    rows,
    resources: new Map(plan.resources.map((resource) => [resource.key, resource])),
    principalOf,
    ownerOf: (request, resource) => (open.has(resource.key) ? '' : (principalOf(request) ?? '')),
    now: () => new Date(),
    log: app.log,
    observe: metrics.observe,
    maxBodyBytes: conditions.limits.maxBodyBytes,
    ...(publicBaseUrl !== undefined && { publicBaseUrl }),
  }
  await app.register(createonce)
  const { creations, added, findUnmounted } = addRoutes(app, service, contract, {
    guardOf(operation) {
      // Nobody could ever fulfil it; it is not served, and says so instead of asking for what does not help.
      if (security.whyNot(operation) !== undefined) return undefined
      const check = security.checkOf(operation)
      return check && toGuard(check)
    },
  })
  const document = servedDocument(contract.read.document as OpenApiObject, {
    plan,
    creations,
    publicBaseUrl,
    added: added.map(({ resource, like }) => ({
      path: resource.itemPath,
      noun: resource.noun,
      like: like?.raw['security'] === undefined ? {} : { security: like.raw['security'] },
    })),
  })
  const isTaken = pathsTaken(Object.keys((document['paths'] ?? {}) as OpenApiObject))
  const leftOut = addPages(app, { document, metrics, isTaken, check: () => rows.check() })
  app.setNotFoundHandler((request, reply) => {
    const meant = findUnmounted(request)
    return sendProblem(
      reply,
      meant === undefined ? notFound('resource') : unservedOperation(meant.operation, meant.why),
    )
  })
  return {
    app,
    creations,
    notes: leftOut.map((path) => `${path} is the document's own operation; the page of this server is left out.`),
  }
}
