import type { Creation } from '@createonce/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addFormParsers } from '../forms/add-form-parsers.ts'
import { sendProblem, unservedOperation } from '../problem.ts'
import type { Contract } from '../read-contract.ts'
import { type AddedRead, addReads } from './add-reads.ts'
import { handlerOf } from './handler-of.ts'
import { mounter } from './mounter.ts'
import { addPatchParser } from './patch-content.ts'
import { ID_PARAMETER } from './put-route.ts'
import { refuseOtherMethods } from './refuse-other-methods.ts'
import type { Access, RouteContext } from './route-context.ts'
import { routePath } from './route-path.ts'
import type { Service } from './service.ts'
import { type FindUnmounted, unmountedOf } from './unmounted.ts'

/** What the routes were made of. */
export interface Routes {
  /** By `POST /orders`. */
  readonly creations: ReadonlyMap<string, Creation>
  /** Reads that the document lacks. */
  readonly added: readonly AddedRead[]
  /** For a request that no route takes: the operation that it means, and that is not served. */
  readonly findUnmounted: FindUnmounted
}

/** Adds a route for every operation of a plan; one that is not served answers 501. */
export function addRoutes(
  app: FastifyInstance,
  service: Service,
  { plan, read }: Contract,
  { guardOf }: Access,
): Routes {
  const creations = new Map<string, Creation>()
  const reads = new Map(plan.served.filter(({ role }) => role.kind === 'read').map((one) => [one.resource.key, one]))
  const context: RouteContext = { service, plan, reads, guardOf, document: read.document }

  addFormParsers(app)
  addPatchParser(app)
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
