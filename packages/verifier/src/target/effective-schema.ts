import { isRecord } from './is-record.ts'
import { resolvePointer } from './resolve-pointer.ts'
import type { JsonSchema } from './target.ts'

// Compositions of more levels than this are circles without an end.
const MAX_DEPTH = 24
// Compositions that share parts can double with each level; no honest schema is made of so many.
const MAX_MERGED = 5000

const remembered = new WeakMap<JsonSchema, WeakMap<object, JsonSchema>>()

/**
 * What a schema says about the value itself, with `$ref` followed and `allOf` merged: one flat object of keywords.
 * Choices (`oneOf`, `anyOf`, `if`) stay as they are. Made for reading and generating; judging is left to `compileSchema`.
 */
export function effectiveSchema(schema: unknown, root: JsonSchema): JsonSchema {
  if (!isRecord(schema)) return schema === false ? { not: {} } : {}
  let perRoot = remembered.get(root)
  if (perRoot === undefined) {
    perRoot = new WeakMap()
    remembered.set(root, perRoot)
  }
  let result = perRoot.get(schema)
  if (result === undefined) {
    result = flatten(schema, root, { path: new Set(), merged: 0 })
    perRoot.set(schema, result)
  }
  return result
}

/** Both schemas at once, as `allOf` would have it, in one object of keywords. */
export function mergeSchemas(first: JsonSchema, second: JsonSchema): JsonSchema {
  const out: Record<string, unknown> = { ...first }
  for (const [keyword, value] of Object.entries(second)) {
    out[keyword] = out[keyword] === undefined ? value : mergeKeyword(keyword, out[keyword], value)
  }
  return out
}

interface Walk {
  /** The schemas between the one that was asked for and this one. */
  readonly path: Set<JsonSchema>
  merged: number
}

function flatten(schema: JsonSchema, root: JsonSchema, walk: Walk): JsonSchema {
  const { $ref, allOf, ...own } = schema
  let out: JsonSchema = own
  // A schema that composes itself says nothing new of itself.
  if (walk.path.has(schema)) return {}
  if (walk.path.size > MAX_DEPTH || ++walk.merged > MAX_MERGED) return out
  walk.path.add(schema)
  if (typeof $ref === 'string') {
    const target = resolvePointer(root, $ref)
    if (isRecord(target)) out = mergeSchemas(flatten(target, root, walk), out)
  }
  for (const member of Array.isArray(allOf) ? allOf : []) {
    if (member === false) out = mergeSchemas(out, { not: {} })
    if (isRecord(member)) out = mergeSchemas(flatten(member, root, walk), out)
  }
  walk.path.delete(schema)
  return out
}

function mergeKeyword(keyword: string, a: unknown, b: unknown): unknown {
  switch (keyword) {
    case 'type':
      return mergeTypes([a].flat(), [b].flat())
    case 'required':
      return Array.isArray(a) && Array.isArray(b) ? [...new Set([...a, ...b])] : Array.isArray(a) ? a : b
    case 'enum':
      return (a as unknown[]).filter((value) => (b as unknown[]).some((other) => Object.is(other, value)))
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return Math.max(a as number, b as number)
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return Math.min(a as number, b as number)
    case 'properties':
    case 'patternProperties':
      return mergeProperties(a as JsonSchema, b as JsonSchema)
    case 'items':
      return isRecord(a) && isRecord(b) ? { allOf: [a, b] } : a && b
    case 'additionalProperties':
      return a === false || b === false ? false : isRecord(a) && isRecord(b) ? { allOf: [a, b] } : isRecord(a) ? a : b
    case 'not':
      return { anyOf: [a, b] }
    case 'examples':
      return [...(b as unknown[]), ...(a as unknown[])]
    default:
      return b
  }
}

/** `integer` is the narrower of `number` and `integer`. */
function mergeTypes(a: readonly unknown[], b: readonly unknown[]): unknown {
  const both = a.filter((type) => b.includes(type) || (type === 'integer' && b.includes('number')))
  if (a.includes('number') && b.includes('integer') && !both.includes('integer')) both.push('integer')
  return both.length === 1 ? both[0] : both
}

function mergeProperties(a: JsonSchema, b: JsonSchema): JsonSchema {
  const out: Record<string, unknown> = { ...a }
  for (const [name, schema] of Object.entries(b)) {
    out[name] = Object.hasOwn(out, name) && out[name] !== schema ? { allOf: [out[name], schema] } : schema
  }
  return out
}
