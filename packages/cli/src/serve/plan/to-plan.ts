import {
  type Creation,
  type FoundCreations,
  findCreations,
  listOperations,
  type Operation,
  pathShape,
} from '@createonce/verifier/document'
import { routePath } from '../routes/route-path.ts'
import { type Found, findResources } from './find-resources.ts'
import type { Overrides } from './overrides.ts'
import type { Plan, ServedOperation, UnservedOperation } from './plan.ts'
import type { Resource } from './resource.ts'
import { roleOf } from './role-of.ts'
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
    if (creation.method === 'PUT') return { operation, resource, role: { kind: 'put', creation } }
    if (pathShape(creation.path).trailing !== undefined)
      return 'it is a POST to the path of one resource, and what names what it creates is not told'
    return { operation, resource, role: { kind: creation.batch === undefined ? 'create' : 'create-many', creation } }
  }
  const role = roleOf(operation, groups)
  const told = found.notCreations.find((one) => one.operation === `${operation.method} ${operation.path}`)?.why
  if (role === undefined) return told ?? 'nothing that the document creates is behind this path'
  const resource = resources.get(role.resource.key)
  if (resource === undefined) return `what it is about cannot be created: ${reasons.get(role.resource.key)}`
  return { operation, resource, role: role.kind === 'put' ? { kind: 'put', creation: undefined } : { kind: role.kind } }
}

function creationOf({ method, path }: Operation, creations: readonly Creation[]): Creation | undefined {
  return creations.find((one) => one.method === method && one.path === path)
}
