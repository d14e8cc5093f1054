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
import type { FastifyRequest, RouteHandlerMethod } from 'fastify'
import { acceptedContent, NO_BODY } from '../forms/accepted-content.ts'
import { type ContentHooks, contentHooks } from '../forms/content-hooks.ts'
import { declaredBody } from '../plan/answer-schema.ts'
import { parentsOf } from '../plan/parents-of.ts'
import type { ServedOperation } from '../plan/plan.ts'
import { inputOf, isMemberOf, keepOf, makingOf, showListOf, showOf, touched } from './bodies.ts'
import { createRoute } from './create-route.ts'
import { createSettings } from './create-settings.ts'
import { deleteRoute } from './delete-route.ts'
import { listRoute } from './list-route.ts'
import type { Mounted } from './mounted.ts'
import { patchContent } from './patch-content.ts'
import { patchRoute } from './patch-route.ts'
import { putRoute } from './put-route.ts'
import { readRoute } from './read-route.ts'
import { type RouteContext, showReadOf } from './route-context.ts'

/** What answers an operation. */
export interface Handler {
  readonly handler: RouteHandlerMethod
  /** What was defined for it, where it creates. */
  readonly creation?: Creation
  readonly content?: Partial<ContentHooks> | undefined
}

// A larger batch holds the writer for too long.
const MAX_ITEMS = 1_000

/** Makes what answers an operation, by the role that the plan gives it. */
export function handlerOf(context: RouteContext, { operation, resource, role, answer }: ServedOperation): Handler {
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
        parents: parentsOf(operation.path, context.plan.resources).filter(({ resource: key }) =>
          service.resources.has(key),
        ),
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
        content: patchContent,
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
