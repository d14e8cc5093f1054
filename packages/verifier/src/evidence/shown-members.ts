import { isObject, type JsonObject } from '../experiments/json-node.ts'
import type { DeclaredResponse, JsonSchema } from '../target/target.ts'

/** What a declared answer shows: the schemas of its members, looked for also behind an envelope. */
export type ShownMembers =
  | { readonly kind: 'declared'; readonly schemas: readonly JsonSchema[]; readonly root: JsonSchema }
  | { readonly kind: 'undeclared' }

/** Collects the member schemas of the first declared JSON answer among some statuses. */
export function shownMembers(
  responses: Readonly<Record<string, DeclaredResponse>> | undefined,
  statuses: readonly string[],
): ShownMembers {
  for (const status of statuses) {
    const content = responses?.[status]?.content ?? {}
    const json = Object.entries(content).find(([type]) => /[/+]json/.test(type))?.[1]?.schema
    if (json !== undefined) {
      const schemas = objectsWithin(json)
      return schemas.length === 0 ? { kind: 'undeclared' } : { kind: 'declared', schemas, root: json }
    }
  }
  return { kind: 'undeclared' }
}

/** Tells whether a declared answer has a member, in any of the objects it may consist of. */
export function declares(shown: ShownMembers, member: string): boolean {
  return shown.kind === 'declared' && shown.schemas.some((schema) => propertyOf(schema, member) !== undefined)
}

/** The types that a declared answer gives the member at the end of a pointer, in any of its objects. */
export function declaredTypes(shown: ShownMembers, pointer: string): readonly unknown[] {
  const member = pointer.split('/').at(-1) ?? ''
  if (shown.kind === 'undeclared') return []
  return shown.schemas.flatMap((schema) => typesWithin(propertyOf(schema, member) ?? {}))
}

function typesWithin(schema: JsonSchema, depth = 0): readonly unknown[] {
  const choices = depth > 3 ? [] : ['oneOf', 'anyOf'].flatMap((key) => schema[key] ?? []).filter(isObject)
  return [schema['type'] ?? [], ...choices.map((one) => typesWithin(one, depth + 1))].flat()
}

/** The schema of a member, where the object's schema has one. */
export function propertyOf(schema: JsonSchema | undefined, member: string): JsonSchema | undefined {
  const properties = schema?.['properties']
  const property = isObject(properties) ? properties[member] : undefined
  return isObject(property) ? property : undefined
}

// References may be kept in shared definitions: following them is bounded by depth, since schemas may be recursive.
function objectsWithin(schema: JsonSchema, root: JsonObject = schema, depth = 0): JsonSchema[] {
  if (depth > 6) return []
  const reference = schema['$ref']
  if (typeof reference === 'string') {
    const found = lookUp(root, reference)
    return found === undefined ? [] : objectsWithin(found, root, depth + 1)
  }
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) =>
    Array.isArray(schema[key]) ? (schema[key] as unknown[]) : [],
  )
  const properties = isObject(schema['properties']) ? Object.values(schema['properties']) : []
  return [
    ...(properties.length > 0 ? [schema] : []),
    ...[...parts, ...properties].filter(isObject).flatMap((part) => objectsWithin(part, root, depth + 1)),
  ]
}

function lookUp(root: JsonObject, reference: string): JsonObject | undefined {
  if (!reference.startsWith('#/')) return undefined
  let node: unknown = root
  for (const token of reference.slice(2).split('/')) {
    const name = decodeURIComponent(token).replace(/~1/g, '/').replace(/~0/g, '~')
    node = isObject(node) ? node[name] : undefined
  }
  return isObject(node) ? node : undefined
}
