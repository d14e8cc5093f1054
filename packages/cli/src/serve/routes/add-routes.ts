import type { Creation } from '@createonce/server'
import { inBulk } from '@createonce/server/bulk'
import { toFastify } from '@createonce/server/fastify'
import {
  type JsonSchema,
  type Operation,
  type ReadDocument,
  requestBodyOf,
  type Creation as Understood,
} from '@createonce/verifier/document'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler, RouteHandlerMethod } from 'fastify'
import { acceptedContent, NO_BODY } from '../forms/accepted-content.ts'
import { addFormParsers } from '../forms/add-form-parsers.ts'
import { type ContentHooks, contentHooks } from '../forms/content-hooks.ts'
import type { RouteConfig } from '../pages/metrics/http-duration.ts'
import { declaredBody } from '../plan/answer-schema.ts'
import { parentsOf } from '../plan/parents-of.ts'
import type { Plan, ServedOperation } from '../plan/plan.ts'
import type { Resource } from '../plan/resource.ts'
import { catalogued, sendProblem, unservedOperation } from '../problem.ts'
import type { Contract } from '../read-contract.ts'
import { inputOf, isMemberOf, keepOf, makingOf, showListOf, showOf, touched } from './bodies.ts'
import { type CreateSettings, createRoute } from './create-route.ts'
import { deleteRoute } from './delete-route.ts'
import { listRoute } from './list-route.ts'
import type { Mounted } from './mounted.ts'
import { patchRoute } from './patch-route.ts'
import { ID_PARAMETER, putRoute } from './put-route.ts'
import { readRoute } from './read-route.ts'
import { routePath } from './route-path.ts'
import type { Service } from './service.ts'
import { type FindUnmounted, unmountedOf } from './unmounted.ts'

/** Who may ask for what. */
export interface Access {
  /** Refuses a request that lacks what the operation asks for; undefined where it asks for nothing. */
  readonly guardOf: (operation: Operation) => onRequestHookHandler | undefined
}

/** What the routes were made of. */
export interface Routes {
  /** By `POST /orders`. */
  readonly creations: ReadonlyMap<string, Creation>
  /** Reads that the document lacks. */
  readonly added: readonly { readonly resource: Resource; readonly like: Operation | undefined }[]
  /** For a request that no route takes: the operation that it means, and that is not served. */
  readonly findUnmounted: FindUnmounted
}

// A larger batch holds the writer for too long.
const MAX_ITEMS = 1_000

/** Adds a route for every operation of a plan; one that is not served answers 501. */
export function addRoutes(
  app: FastifyInstance,
  service: Service,
  { plan, read }: Contract,
  { guardOf }: Access,
): Routes {
  const creations = new Map<string, Creation>()
  const reads = new Map(plan.served.filter(({ role }) => role.kind === 'read').map((one) => [one.resource.key, one]))
  const context: Context = { service, plan, reads, guardOf, document: read.document }

  addFormParsers(app)
  const taken = new Set<string>()
  const mount = mounter(app, taken)
  for (const one of plan.served) {
    const { operation } = one
    const { handler, creation, content } = handlerOf(context, one)
    if (creation !== undefined) creations.set(`${operation.method} ${operation.path}`, creation)
    const lastName = one.role.kind === 'put' ? ID_PARAMETER : undefined
    mount(operation, routePath(operation.path, lastName)!, guardOf(operation), handler, content)
  }
  const added = addReads(context, mount)
  for (const { operation, why } of plan.unserved) {
    const url = routePath(operation.path)
    if (url === undefined) continue
    const refuse = (_request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, unservedOperation(operation, why))
    // Before the content is looked at: what is not served takes no type of it, files for one.
    mount(operation, url, guardOf(operation), refuse, { preParsing: refuse })
  }
  refuseOtherMethods(app, taken)
  return { creations, added, findUnmounted: unmountedOf(plan.unserved) }
}

interface Context {
  readonly document: ReadDocument['document']
  readonly service: Service
  readonly plan: Plan
  /** The operation that reads one of a resource. */
  readonly reads: ReadonlyMap<string, ServedOperation>
  readonly guardOf: Access['guardOf']
}

type Mount = (
  operation: Pick<Operation, 'method' | 'path'>,
  url: string,
  guard: onRequestHookHandler | undefined,
  handler: RouteHandlerMethod,
  content?: Partial<ContentHooks>,
) => boolean

/** Adds a route where none is: paths that differ only in names of parameters are one. */
function mounter(app: FastifyInstance, taken: Set<string>): Mount {
  return ({ method, path }, url, guard, handler, content) => {
    const route = `${method} ${url.replaceAll(/:(p\d+|createonce_id)/g, ':p')}`
    if (taken.has(route)) return false
    taken.add(route)
    // Metrics name the route as the document does.
    const config: RouteConfig = { template: path }
    app.route({
      method,
      url,
      handler,
      config: config as object,
      ...content,
      ...(guard !== undefined && { onRequest: guard }),
    })
    return true
  }
}

function handlerOf(
  context: Context,
  { operation, resource, role, answer }: ServedOperation,
): { readonly handler: RouteHandlerMethod; readonly creation?: Creation; readonly content?: ContentHooks | undefined } {
  const { service, guardOf, document } = context
  const showRead = showReadOf(context, resource)
  const status = 'creation' in role && role.creation !== undefined ? 201 : 200
  const mounted: Mounted = { service, operation, resource, show: showOf(resource, answer, status) }
  switch (role.kind) {
    case 'create':
    case 'create-many': {
      const settings = createSettings(context, operation, resource, role.creation)
      const single = createRoute(mounted, settings)
      const creation =
        role.kind === 'create'
          ? single
          : inBulk(
              createRoute(mounted, {
                ...settings,
                creation: { ...role.creation, id: `${role.creation.id}.item` },
              }) as never,
              { operation: role.creation.id, maxItems: MAX_ITEMS },
            )
      const content = role.kind === 'create' ? contentOf(operation, role.creation, creation as Creation) : undefined
      return { handler: toFastify(creation as Creation<FastifyRequest>), creation: creation as Creation, content }
    }
    case 'put': {
      const creation = putRoute(mounted, {
        creation: role.creation,
        name: role.creation?.id ?? operation.operationId ?? `${operation.method} ${operation.path}`,
        input: inputOf(bodySchema(document, operation, role.creation)),
        complete: makingOf(resource).complete,
        keep: keepOf(resource),
        // Without a declared body there is no schema that could want the id, and no member that may be sent.
        idMember:
          role.creation !== undefined && role.creation.body === undefined ? undefined : resource.bodies.idMember,
        parents: parentsOf(operation.path, context.plan.resources),
        isOpen: guardOf(operation) === undefined,
        showRead,
        naturalKey: resource.table.naturalKey,
      })
      const content = contentOf(operation, role.creation, creation as Creation)
      return {
        handler: toFastify(creation),
        content,
        ...(role.creation !== undefined && { creation: creation as Creation }),
      }
    }
    case 'patch':
      return {
        handler: patchRoute(mounted, {
          patch: inputOf(bodySchema(document, operation, undefined)),
          complete: touched,
          naturalKey: resource.table.naturalKey,
          showRead,
        }),
      }
    case 'read':
      return { handler: readRoute(mounted) }
    case 'list':
      return {
        handler: listRoute(mounted, { isMember: isMemberOf(resource), showList: showListOf(resource, answer) }),
      }
    case 'delete': {
      const { kind, status } = declaredBody(operation, ['200', '204'])
      return { handler: deleteRoute(mounted, { status: kind === 'json' && status === '200' ? 200 : 204, showRead }) }
    }
  }
}

/** What is needed for a creation whose content may be something else than JSON. */
function contentOf(operation: Operation, understood: Understood | undefined, creation: Creation) {
  return understood && contentHooks(acceptedContent(operation, understood.body), creation)
}

/** What a body has to be; where none is declared, it has no members. */
function bodySchema(
  document: ReadDocument['document'],
  operation: Operation,
  creation: Understood | undefined,
): JsonSchema {
  if (creation !== undefined) return creation.body?.schema ?? NO_BODY
  const body = requestBodyOf(document, operation)
  return body.kind === 'json' || body.kind === 'form' ? body.body.schema : {}
}

/** What GET of one answers. */
function showReadOf({ reads }: Context, resource: Resource): Mounted['show'] {
  return showOf(resource, reads.get(resource.key)?.answer ?? { kind: 'empty' }, 200)
}

function createSettings(
  context: Context,
  operation: Operation,
  resource: Resource,
  creation: Understood,
): CreateSettings {
  const { service, plan, guardOf } = context
  const links = new Map(
    creation.parents.flatMap(({ parameter, creation: id }) => {
      const parent = plan.served.find(({ role }) => 'creation' in role && role.creation?.id === id)
      return parent === undefined ? [] : [[parameter, parent.resource.key] as const]
    }),
  )
  const policy = creation.policy.duplicates?.value
  return {
    creation,
    parents: parentsOf(operation.path, plan.resources, links).filter(({ resource: key }) => service.resources.has(key)),
    references: (creation.references ?? []).flatMap(({ pointer, creation: id }) => {
      const referred = plan.served.find(({ role }) => 'creation' in role && role.creation?.id === id)
      return referred === undefined ? [] : [{ pointer, resource: referred.resource.key }]
    }),
    input: inputOf((creation.batch?.item ?? creation.body)?.schema ?? NO_BODY),
    ...makingOf(resource),
    ...duplicatesOf(resource, policy),
    isOpen: guardOf(operation) === undefined,
    showRead: showReadOf(context, resource),
  }
}

/** An id that a client may give is a natural key, too: two cannot have it, whatever else is allowed. */
function duplicatesOf({ table, bodies }: Resource, policy: CreateSettings['duplicates'] | undefined) {
  const { naturalKey } = table
  if (naturalKey.length > 0) return { naturalKey, duplicates: policy ?? 'reject' }
  const { id, idMember } = bodies
  if (idMember === undefined || id.givenBy === 'server') return { naturalKey, duplicates: 'allow' as const }
  return { naturalKey: [idMember], duplicates: policy === 'return-existing' ? policy : ('reject' as const) }
}

/** A Location has to lead somewhere: what the document cannot read is read all the same, where its path is free. */
function addReads({ service, plan, reads, guardOf }: Context, mount: Mount): Routes['added'] {
  const added: { resource: Resource; like: Operation | undefined }[] = []
  for (const resource of plan.resources) {
    if (reads.has(resource.key)) continue
    const url = routePath(resource.itemPath)
    if (url === undefined) continue
    const like = plan.served.find((one) => one.resource === resource && 'creation' in one.role)?.operation
    const mounted: Mounted = {
      service,
      resource,
      show: showOf(resource, { kind: 'empty' }, 200),
      operation: { ...like!, parameters: [] },
    }
    // A GET of the document that means something else is not served; what is there is still read by its Location.
    const other = plan.unserved.find(({ operation }) => operation.method === 'GET' && routePath(operation.path) === url)
    const handler = readRoute(mounted, other && unservedOperation(other.operation, other.why))
    const isMounted = mount({ method: 'GET', path: resource.itemPath }, url, like && guardOf(like), handler)
    // Two templates that differ in names only may not stand in one document.
    if (isMounted && other === undefined) added.push({ resource, like })
  }
  return added
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A path of the document answers 405 to what it does not declare, also where a path with a parameter would take it. */
function refuseOtherMethods(app: FastifyInstance, taken: ReadonlySet<string>): void {
  const byPath = new Map<string, string[]>()
  for (const route of taken) {
    const [method = '', path = ''] = route.split(/ (.*)/s)
    byPath.set(path, [...(byPath.get(path) ?? []), method])
  }
  for (const [path, methods] of byPath) {
    const others = METHODS.filter((method) => !methods.includes(method))
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
    app.route({
      method: others,
      url: path,
      handler: (request, reply) =>
        sendProblem(reply, {
          ...catalogued('method-not-allowed', `${request.method} is not one of the methods of this path: ${allow}.`),
          headers: { Allow: allow },
        }),
    })
  }
}
