import {
  type Creation,
  effectiveSchema,
  type FoundCreations,
  findCreations,
  listOperations,
  type Operation,
  pathShape,
} from '@createonce/verifier/document'
import { routePath } from '../routes/route-path.ts'
import { answerOf } from './answer-of.ts'
import { ANSWERED, CREATED } from './answer-schema.ts'
import { type Found, findResources } from './find-resources.ts'
import type { Overrides } from './overrides.ts'
import type { Plan, Role, ServedOperation, UnservedOperation } from './plan.ts'
import type { Resource } from './resource.ts'
import { roleOf } from './role-of.ts'
import { isScalarBody } from './scalar-bodies.ts'
import { toResource } from './to-resource.ts'

type Document = Parameters<typeof listOperations>[0]

/** Decides what a document is served as: its resources, and for each operation what it does with which, or why it does nothing. */
export function toPlan(document: Document, overrides?: Overrides): Plan {
  const operations = listOperations(document)
  const found = findCreations(document, overrides?.overrideOf)
  const groups = findResources(found.creations, operations)
  const resources = new Map<string, Resource>()
  const reasons = new Map<string, string>()
  for (const group of groups) {
    const made = toResource(group, groups, operations)
    if (typeof made === 'string') reasons.set(group.key, made)
    else resources.set(group.key, made)
  }
  const served: ServedOperation[] = []
  const unserved: UnservedOperation[] = []
  const routes = new Set<string>()
  for (const operation of operations) {
    const judged = judge(operation, found, groups, resources, reasons)
    const route = `${operation.method} ${operation.path.replaceAll(/\{[^}]*\}/g, '{}')}`
    if (routes.has(route)) {
      unserved.push({
        operation,
        why: 'another operation has the same path, but for the names of parameters',
        creates: false,
      })
      continue
    }
    routes.add(route)
    if (typeof judged === 'string')
      unserved.push({ operation, why: judged, creates: creationOf(operation, found.creations) !== undefined })
    else served.push(judged)
  }
  return { resources: [...resources.values()], served, unserved }
}

function judge(
  operation: Operation,
  found: FoundCreations,
  groups: readonly Found[],
  resources: ReadonlyMap<string, Resource>,
  reasons: ReadonlyMap<string, string>,
): ServedOperation | string {
  if (routePath(operation.path) === undefined) return 'no router can tell its path from others'
  const creation = creationOf(operation, found.creations)
  if (creation !== undefined) {
    const group = groups.find(({ creations }) => creations.includes(creation))!
    const resource = resources.get(group.key)
    if (resource === undefined) return reasons.get(group.key)!
    if (creation.method === 'PUT') return served(operation, resource, { kind: 'put', creation })
    if (pathShape(creation.path).trailing !== undefined)
      return 'it is a POST to the path of one resource, and what names what it creates is not told'
    if (creation.batch !== undefined && creation.batch.pointer !== '')
      return `the list of what it creates is in ${creation.batch.pointer}, and only a body that is the list is served`
    return served(operation, resource, { kind: creation.batch === undefined ? 'create' : 'create-many', creation })
  }
  const role = roleOf(operation, groups)
  const told = found.notCreations.find((one) => one.operation === `${operation.method} ${operation.path}`)?.why
  if (role === undefined) return told ?? 'nothing that the document creates is behind this path'
  const resource = resources.get(role.resource.key)
  if (resource === undefined) return `what it is about cannot be created: ${reasons.get(role.resource.key)}`
  return served(operation, resource, role.kind === 'put' ? { kind: 'put', creation: undefined } : { kind: role.kind })
}

function served(operation: Operation, resource: Resource, role: Role): ServedOperation | string {
  if ('creation' in role && role.creation !== undefined) {
    const body = role.creation.batch?.item ?? role.creation.body
    const types = body === undefined ? [] : [effectiveSchema(body.schema, body.schema)['type'] ?? []].flat()
    if (body !== undefined && types.length > 0 && !types.includes('object') && !isScalarBody(body.schema))
      return `its body is no object but ${types.join(' or ')}`
  }
  const wanted = role.kind === 'list' ? 'list' : 'one'
  const isCreation = 'creation' in role && role.creation !== undefined
  const answer =
    // Many at once are answered as a list of what each is answered as.
    role.kind === 'create-many'
      ? { kind: 'empty' as const }
      : answerOf(resource, operation, wanted, isCreation ? CREATED : ANSWERED, role.kind === 'read')
  // What is deleted need not be shown.
  if (answer.kind === 'unservable' && role.kind === 'delete')
    return { operation, resource, role, answer: { kind: 'empty' } }
  return answer.kind === 'unservable' ? answer.why : { operation, resource, role, answer }
}

function creationOf({ method, path }: Operation, creations: readonly Creation[]): Creation | undefined {
  return creations.find((one) => one.method === method && one.path === path)
}
