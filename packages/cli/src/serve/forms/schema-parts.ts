import { effectiveSchema, type JsonSchema } from '@createonce/verifier/document'

/** The types of JSON values; `integer` as JSON Schema has it. */
export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null'

// Choices within choices end here, those that go in a circle too.
const MAX_CHOICES = 8

/** The types that a schema allows, as far as it tells; none where it allows all. */
export function typesOf(schema: JsonSchema, root: JsonSchema, depth = 0): ReadonlySet<JsonType> {
  const own = effectiveSchema(schema, root)
  if (own['type'] !== undefined) return new Set([own['type']].flat() as JsonType[])
  if (Array.isArray(own['enum'])) return new Set(own['enum'].map(typeOf))
  if ('const' in own) return new Set([typeOf(own['const'])])
  const choices = choicesOf(own)
  if (choices.length > 0 && depth < MAX_CHOICES) {
    const sets = choices.map((choice) => typesOf(choice, root, depth + 1))
    return sets.some(({ size }) => size === 0) ? new Set() : new Set(sets.flatMap((set) => [...set]))
  }
  if (isObject(own['properties'])) return new Set(['object'])
  if (own['items'] !== undefined) return new Set(['array'])
  return new Set()
}

/** The schema of a member, wherever the schema of the object has it; undefined where it says nothing about it. */
export function memberSchema(schema: JsonSchema, root: JsonSchema, name: string): JsonSchema | undefined {
  const found = [...membersNamed(schema, root, name, 0)]
  if (found.length > 0) return found.length === 1 ? found[0] : { anyOf: found }
  const { additionalProperties } = effectiveSchema(schema, root)
  return isObject(additionalProperties) ? additionalProperties : undefined
}

/** Whether a schema names a member. */
export function hasMember(schema: JsonSchema, root: JsonSchema, name: string): boolean {
  return membersNamed(schema, root, name, 0).next().done === false
}

/** The schema of an item of a list. */
export function itemSchema(schema: JsonSchema, root: JsonSchema, index: number): JsonSchema {
  const own = effectiveSchema(schema, root)
  const { prefixItems, items } = own
  const first: unknown = Array.isArray(prefixItems) ? prefixItems[index] : undefined
  if (isObject(first)) return first
  if (isObject(items)) return items
  const lists = choicesOf(own).filter((choice) => typesOf(choice, root).has('array'))
  return lists.length === 1 && lists[0] !== schema ? effectiveItems(lists[0]!, root) : {}
}

/** The type of a value. */
export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as 'string' | 'boolean' | 'object'
}

function effectiveItems(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { items } = effectiveSchema(schema, root)
  return isObject(items) ? items : {}
}

function* membersNamed(schema: JsonSchema, root: JsonSchema, name: string, depth: number): Generator<JsonSchema> {
  const own = effectiveSchema(schema, root)
  const { properties } = own
  if (isObject(properties) && Object.hasOwn(properties, name)) {
    const member: unknown = properties[name]
    yield isObject(member) ? member : {}
  }
  if (depth === MAX_CHOICES) return
  for (const choice of choicesOf(own)) yield* membersNamed(choice, root, name, depth + 1)
}

function choicesOf({ oneOf, anyOf }: JsonSchema): readonly JsonSchema[] {
  return [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isObject)
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
