/** A schema that is an object; `true` and `false` name no members. */
export type SchemaObject = Record<string, unknown>

// Where the keywords of drafts 7 and 2020-12 hold schemas. Those that are applied in place speak of the same value.
const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf']
const IN_PLACE = ['if', 'then', 'else']
const IN_PLACE_MAPS = ['dependentSchemas', 'dependencies']
const INNER_LISTS = ['prefixItems', 'items']
const INNER = [
  'items',
  'additionalItems',
  'contains',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
]
const INNER_MAPS = ['properties', 'patternProperties']
const DEFINITIONS = ['$defs', 'definitions']

/** The schemas about the same value as this one. `not` is none of them: what it names is not taken. */
export function inPlace(schema: SchemaObject): SchemaObject[] {
  return [...lists(schema, IN_PLACE_LISTS), ...single(schema, IN_PLACE), ...maps(schema, IN_PLACE_MAPS)]
}

/** The schemas about the members and elements of the value. */
export function inner(schema: SchemaObject): SchemaObject[] {
  return [...lists(schema, INNER_LISTS), ...single(schema, INNER), ...maps(schema, INNER_MAPS)]
}

/** The schemas that others refer to. */
export function definitions(schema: SchemaObject): SchemaObject[] {
  return maps(schema, DEFINITIONS)
}

/** What a `$ref` of this document's own points to, if it is a pointer. */
export function target(root: SchemaObject, { $ref }: SchemaObject): SchemaObject | undefined {
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return undefined
  let found: unknown = root
  for (const token of decodeURIComponent($ref).split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined
    found = (found as SchemaObject)[token.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return isSchema(found) ? found : undefined
}

/** Every schema that can be reached from this one, itself included. */
export function reachable(root: SchemaObject, from: SchemaObject, found: Set<object> = new Set()): Set<object> {
  if (found.has(from)) return found
  found.add(from)
  for (const next of [...inPlace(from), ...inner(from), ...single(from, ['propertyNames', 'not'])])
    reachable(root, next, found)
  const referred = target(root, from)
  if (referred !== undefined) reachable(root, referred, found)
  return found
}

export function isSchema(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function lists(schema: SchemaObject, keywords: readonly string[]): SchemaObject[] {
  return keywords.flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword].filter(isSchema) : []))
}

function single(schema: SchemaObject, keywords: readonly string[]): SchemaObject[] {
  return keywords.map((keyword) => schema[keyword]).filter(isSchema)
}

function maps(schema: SchemaObject, keywords: readonly string[]): SchemaObject[] {
  return single(schema, keywords).flatMap((map) => Object.values(map).filter(isSchema))
}
