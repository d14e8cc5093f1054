import { definitions, inner, inPlace, type SchemaObject, target } from './subschemas.ts'

/** What was closed, to tell our refusals from the schema's own. */
export interface Closed {
  /** The schemas that got a keyword from here. */
  readonly schemas: ReadonlySet<object>
  /** Every name that some schema gives to a member. */
  readonly names: ReadonlySet<string>
}

/**
 * Closes each object whose members the schema names, unless it says itself what becomes of further ones. A plain object
 * gets `additionalProperties: false`; one that is put together (`$ref`, `allOf`, `oneOf`, …) gets
 * `unevaluatedProperties: false`, which knows the members of all its parts. An object that names no member stays open.
 */
export function closeObjects(root: SchemaObject): Closed {
  const schemas = new Set<object>()
  const names = new Set<string>()
  const seen = new Set<object>()

  const visit = (schema: SchemaObject, isPart: boolean): void => {
    for (const name in schema['properties'] as object | undefined) names.add(name)
    if (seen.has(schema)) return
    seen.add(schema)
    for (const part of inPlace(schema)) visit(part, true)
    for (const member of inner(schema)) visit(member, false)
    // A definition is a part of whatever refers to it; what its members are is known here.
    for (const definition of definitions(schema)) visit(definition, true)
    if (isPart || 'additionalProperties' in schema || 'unevaluatedProperties' in schema) return
    if (!namesMembers(root, schema)) return
    schema[isPlain(schema) ? 'additionalProperties' : 'unevaluatedProperties'] = false
    schemas.add(schema)
  }
  visit(root, false)
  return { schemas, names }
}

function isPlain(schema: SchemaObject): boolean {
  return inPlace(schema).length === 0 && !('$ref' in schema)
}

function namesMembers(root: SchemaObject, schema: SchemaObject, seen: Set<object> = new Set()): boolean {
  if (seen.has(schema)) return false
  seen.add(schema)
  if ('properties' in schema || 'patternProperties' in schema) return true
  const referred = target(root, schema)
  return [...inPlace(schema), ...(referred === undefined ? [] : [referred])].some((part) =>
    namesMembers(root, part, seen),
  )
}
