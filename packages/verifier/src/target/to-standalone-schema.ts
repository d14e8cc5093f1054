import { isRecord, type JsonObject } from './is-record.ts'
import { lenientRegExp } from './lenient-reg-exp.ts'
import { normalizeKeywords } from './normalize-keywords.ts'
import { resolvePointer } from './resolve-pointer.ts'
import type { JsonSchema } from './target.ts'

const ONE = [
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
]
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const MAPS = ['properties', 'patternProperties', 'dependentSchemas']

// A chain of references that is longer than this is taken up again from its end, before the stack is used up.
const MAX_CHAIN = 100

/** A schema that needs nothing else, and the references in it that point nowhere. */
export interface StandaloneSchema {
  readonly schema: JsonSchema
  readonly broken: readonly string[]
}

/**
 * Cuts a schema out of a document, with all it refers to under its own `$defs`, so that it compiles alone, circles
 * included. `request` drops `readOnly` members from `required`, `response` those that are `writeOnly` (OpenAPI 3.0
 * §4.7.24: such a property "MAY be required" of the other direction only).
 */
export function toStandaloneSchema(
  document: JsonObject,
  schema: unknown,
  direction: 'request' | 'response',
): StandaloneSchema {
  if (!isRecord(schema)) return cut(document, schema, direction)
  const known = remembered[direction]
  const perDocument = known.get(document) ?? new WeakMap<JsonObject, StandaloneSchema>()
  known.set(document, perDocument)
  const result = perDocument.get(schema) ?? cut(document, schema, direction)
  perDocument.set(schema, result)
  return result
}

// Parameters and errors are shared by hundreds of operations, and a schema that is the same object is compiled once.
type Remembered = WeakMap<JsonObject, WeakMap<JsonObject, StandaloneSchema>>
const remembered: { readonly request: Remembered; readonly response: Remembered } = {
  request: new WeakMap(),
  response: new WeakMap(),
}

function cut(document: JsonObject, schema: unknown, direction: 'request' | 'response'): StandaloneSchema {
  const cutter = new Cutter(document, direction)
  const root = cutter.convert(cutter.dereference(schema))
  const result: JsonSchema = isRecord(root) ? root : root === false ? { not: {} } : {}
  cutter.finish()
  const defs = cutter.definitions()
  return { schema: defs === undefined ? result : { ...result, $defs: defs }, broken: [...cutter.broken] }
}

class Cutter {
  readonly broken = new Set<string>()
  readonly #document: JsonObject
  readonly #hidden: 'readOnly' | 'writeOnly'
  readonly #names = new Map<string, string>()
  readonly #definitions: Record<string, unknown> = {}
  readonly #waiting: (() => void)[] = []
  #depth = 0

  constructor(document: JsonObject, direction: 'request' | 'response') {
    this.#document = document
    this.#hidden = direction === 'request' ? 'readOnly' : 'writeOnly'
  }

  definitions(): JsonObject | undefined {
    return this.#names.size === 0 ? undefined : this.#definitions
  }

  /** Converts what hung at the end of long chains of references. */
  finish(): void {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) next()
  }

  /** Follows references that stand alone, so that the root shows its type and properties itself. */
  dereference(schema: unknown): unknown {
    let current = schema
    const seen = new Set<unknown>()
    while (isRecord(current) && typeof current['$ref'] === 'string' && Object.keys(current).length === 1) {
      const target = resolvePointer(this.#document, current['$ref'])
      if (target === undefined || seen.has(target)) return current
      seen.add(target)
      current = target
    }
    return current
  }

  convert(schema: unknown): JsonObject | boolean {
    if (typeof schema === 'boolean') return schema
    if (!isRecord(schema)) return {}
    const out = normalizeKeywords(schema)
    for (const keyword of ONE) {
      const value = schema[keyword]
      if (isRecord(value) || typeof value === 'boolean') out[keyword] = this.convert(value)
    }
    this.#convertTuple(schema, out)
    for (const keyword of LISTS) {
      const value = schema[keyword]
      if (Array.isArray(value) && value.length > 0) out[keyword] = value.map((member) => this.convert(member))
    }
    for (const keyword of MAPS) {
      const value = schema[keyword]
      if (!isRecord(value)) continue
      const entries = Object.entries(value).filter(([name]) => keyword !== 'patternProperties' || isPattern(name))
      out[keyword] = Object.fromEntries(entries.map(([name, member]) => [name, this.convert(member)]))
    }
    if (typeof schema['$ref'] === 'string') this.#refer(schema['$ref'], out)
    this.#tellBranchesApart(schema, out)
    hintAtKinds(schema, out)
    this.#freeHiddenMembers(schema, out)
    return isNullable(schema) ? allowNull(out) : out
  }

  /** Before 2020-12 a list of schemas under `items` was a tuple. */
  #convertTuple(schema: JsonObject, out: Record<string, unknown>): void {
    if (!Array.isArray(schema['items'])) return
    if (schema['items'].length > 0) out['prefixItems'] = schema['items'].map((member) => this.convert(member))
    const rest = schema['additionalItems']
    if (rest !== undefined) out['items'] = this.convert(rest)
  }

  #refer(reference: string, out: Record<string, unknown>): void {
    const target = resolvePointer(this.#document, reference)
    if (target === undefined) {
      this.broken.add(reference)
      return
    }
    let name = this.#names.get(reference)
    if (name === undefined) {
      name = this.#freshName(reference)
      // Named before it is converted: a circle meets its own name and ends.
      this.#names.set(reference, name)
      this.#definitions[name] = {}
      const define = (): void => {
        this.#depth++
        this.#definitions[name as string] = this.convert(target)
        this.#depth--
      }
      if (this.#depth < MAX_CHAIN) define()
      else this.#waiting.push(define)
    }
    out['$ref'] = `#/$defs/${name}`
  }

  #freshName(reference: string): string {
    const last = reference.split('/').at(-1) ?? ''
    const plain = last.replace(/[^A-Za-z0-9_.-]/g, '_') || 'schema'
    // Assigned to an object, this one name would set its prototype.
    const base = plain === '__proto__' ? 'schema' : plain
    let name = base
    for (let n = 2; Object.hasOwn(this.#definitions, name); n++) name = `${base}_${n}`
    return name
  }

  /** A discriminator says which branch a value belongs to; JSON Schema has to be told with `const`. */
  #tellBranchesApart(schema: JsonObject, out: Record<string, unknown>): void {
    const discriminator = schema['discriminator']
    if (!isRecord(discriminator) || typeof discriminator['propertyName'] !== 'string') return
    const property = discriminator['propertyName']
    const mapping = isRecord(discriminator['mapping']) ? Object.entries(discriminator['mapping']) : []
    for (const keyword of ['oneOf', 'anyOf']) {
      const declared = schema[keyword]
      const branches = out[keyword]
      if (!Array.isArray(declared) || !Array.isArray(branches)) continue
      // An answer is judged: the discriminator is a hint there (OpenAPI 3.1 §4.8.25), and branches that overlap are usual.
      if (this.#hidden === 'writeOnly') {
        if (keyword === 'oneOf') {
          out['anyOf'] ??= branches
          delete out['oneOf']
        }
        continue
      }
      out[keyword] = branches.map((branch: unknown, index) => {
        const reference = isRecord(declared[index]) ? declared[index]['$ref'] : undefined
        if (typeof reference !== 'string' || !isRecord(branch)) return branch
        const last = reference.split('/').at(-1) ?? ''
        const keys = mapping.filter(([, to]) => to === reference || to === last).map(([key]) => key)
        const values = keys.length > 0 ? keys : [last]
        return { ...branch, properties: { [property]: { enum: values } }, required: [property] }
      })
    }
  }

  #freeHiddenMembers(schema: JsonObject, out: Record<string, unknown>): void {
    const hidden = this.#hiddenMembers(schema)
    if (hidden.size === 0) return
    free(out)
    for (const member of Array.isArray(out['allOf']) ? out['allOf'] : []) if (isRecord(member)) free(member)

    function free(target: Record<string, unknown>): void {
      if (!Array.isArray(target['required'])) return
      target['required'] = target['required'].filter((name) => !hidden.has(name))
      if ((target['required'] as unknown[]).length === 0) delete target['required']
    }
  }

  #hiddenMembers(schema: JsonObject): Set<unknown> {
    const hidden = new Set<unknown>()
    const seen = new Set<JsonObject>([schema])
    // What was collected before is not walked again: an `allOf` of itself, several times, would grow with each level.
    for (const one of seen) this.#collectHidden(one, hidden, seen)
    return hidden
  }

  #collectHidden(schema: JsonObject, hidden: Set<unknown>, seen: Set<JsonObject>): void {
    const properties = isRecord(schema['properties']) ? schema['properties'] : {}
    for (const [name, member] of Object.entries(properties)) {
      if (this.#isHidden(member)) hidden.add(name)
    }
    const composed = Array.isArray(schema['allOf']) ? schema['allOf'] : []
    for (const member of composed) {
      const target = this.dereference(member)
      if (isRecord(target)) seen.add(target)
    }
  }

  #isHidden(member: unknown): boolean {
    if (!isRecord(member)) return false
    if (member[this.#hidden] === true) return true
    const target = this.dereference(member)
    return isRecord(target) && target[this.#hidden] === true
  }
}

function isPattern(source: string): boolean {
  try {
    lenientRegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

function isNullable(schema: JsonObject): boolean {
  return schema['nullable'] === true || schema['x-nullable'] === true
}

function allowNull(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema
  if (schema['$ref'] !== undefined || schema['allOf'] !== undefined || schema['oneOf'] !== undefined) {
    return { anyOf: [schema, { type: 'null' }] }
  }
  const out: Record<string, unknown> = { ...schema }
  if (typeof type === 'string' || Array.isArray(type)) out['type'] = [...new Set([type, 'null'].flat())]
  // A strict reader of 3.0.3 would say that null is not in the list; authors who write both mean that it is allowed.
  if (Array.isArray(values) && !values.includes(null)) out['enum'] = [...values, null]
  return out
}

/**
 * A base schema whose children are told apart by a discriminator shows none of them; what stands in its mapping is what a
 * client sends. As an example only: the mapping need not be all there is (OpenAPI 3.1 §4.8.25).
 */
function hintAtKinds(schema: JsonObject, out: Record<string, unknown>): void {
  const discriminator = schema['discriminator']
  if (!isRecord(discriminator) || schema['oneOf'] !== undefined || schema['anyOf'] !== undefined) return
  const { propertyName: name, mapping } = discriminator
  const properties = out['properties']
  if (typeof name !== 'string' || !isRecord(mapping) || !isRecord(properties)) return
  const member = Object.hasOwn(properties, name) ? properties[name] : undefined
  const kinds = Object.keys(mapping)
  if (!isRecord(member) || kinds.length === 0) return
  if (['$ref', 'enum', 'const', 'default', 'examples'].some((keyword) => member[keyword] !== undefined)) return
  out['properties'] = { ...properties, [name]: { ...member, examples: kinds } }
}
