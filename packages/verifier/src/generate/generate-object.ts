import { effectiveSchema } from '../target/effective-schema.ts'
import { isRecord } from '../target/is-record.ts'
import type { JsonSchema } from '../target/target.ts'
import { wordsOf } from '../target/words.ts'
import type { Generate, Generation, Place } from './generation.ts'
import { isReferenceName } from './is-reference-name.ts'
import { stringFromPattern } from './string-from-pattern.ts'
import { stringValue } from './string-value.ts'

// Real bodies nest three or four levels; deeper optional members are circles as a rule.
const MAX_OPTIONAL_DEPTH = 4
// A required circle has no end; better a value that is refused than none.
const MAX_DEPTH = 16

/** Generates an object with its required members, and with the optional ones that a client would send. */
export function generateObject(
  schema: JsonSchema,
  place: Place,
  generation: Generation,
  generate: Generate,
): Record<string, unknown> {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = requiredOf(schema)
  const out: Record<string, unknown> = {}
  if (place.depth > MAX_DEPTH) return out
  const hints = isRecord(place.hint) ? place.hint : {}
  const wanted = Object.keys(properties).filter(
    (name) => required.has(name) || (!place.omit?.has(name) && isSent(name, properties[name], place, generation)),
  )
  const limit = typeof schema['maxProperties'] === 'number' ? schema['maxProperties'] : Number.POSITIVE_INFINITY
  const ordered = [...new Set([...required, ...wanted])]
  // The document's order of members is the order in which a person would write them.
  const names = Object.keys(properties).filter((name) => ordered.includes(name))
  names.push(...ordered.filter((name) => !Object.hasOwn(properties, name)))
  for (const name of names) {
    if (Object.keys(out).length >= limit && !required.has(name)) continue
    const member = Object.hasOwn(properties, name) ? properties[name] : schemaForName(schema, name)
    const child = { name, depth: place.depth + 1, hint: Object.hasOwn(hints, name) ? hints[name] : undefined }
    const value = generate(member, child, generation)
    Object.defineProperty(out, name, { value, writable: true, enumerable: true, configurable: true })
  }
  fillUp(schema, out, place, generation, generate)
  return out
}

/** The required members, with those that other members bring along. */
function requiredOf(schema: JsonSchema): ReadonlySet<string> {
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
  const dependent = isRecord(schema['dependentRequired']) ? schema['dependentRequired'] : {}
  for (const name of required) {
    const brought = dependent[name]
    // A set that grows while it is walked is walked to its new end.
    if (Array.isArray(brought)) for (const other of brought) required.add(other)
  }
  return required
}

/** Whether a client sends an optional member: not what the server decides, nor what names a resource that may not exist. */
function isSent(name: string, member: unknown, place: Place, generation: Generation): boolean {
  if (member === false || !isRecord(member)) return false
  const schema = effectiveSchema(member, generation.root)
  if (schema['x-sent'] === true) return true
  // What tells two from each other has to be there: two without it are no duplicates.
  if (place.depth === 0 && schema['readOnly'] !== true && generation.uniqueNames.has(name)) return true
  if (generation.minimal || place.depth >= MAX_OPTIONAL_DEPTH) return false
  if (schema['readOnly'] === true || schema['deprecated'] === true || 'not' in schema) return false
  return !isServersOwn(name) && !isReferenceName(name)
}

function isServersOwn(name: string): boolean {
  const words = wordsOf(name)
  const [first = '', second = ''] = words
  if (words.length === 1 && ['id', 'uuid', 'links', 'href', 'etag', 'rev', 'v'].includes(first)) return true
  return ['created', 'updated', 'modified', 'deleted'].includes(first) && /^(at|on|by|date|time|)$/.test(second)
}

function schemaForName(schema: JsonSchema, name: string): unknown {
  const patterns = isRecord(schema['patternProperties']) ? schema['patternProperties'] : {}
  const match = Object.keys(patterns).find((pattern) => new RegExp(pattern).test(name))
  if (match !== undefined) return patterns[match]
  return isRecord(schema['additionalProperties']) ? schema['additionalProperties'] : { type: 'string' }
}

/** Adds members until `minProperties` is met, with names that the schema allows. */
function fillUp(
  schema: JsonSchema,
  out: Record<string, unknown>,
  place: Place,
  generation: Generation,
  generate: Generate,
): void {
  const wanted = typeof schema['minProperties'] === 'number' ? schema['minProperties'] : 0
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const left = Object.keys(properties).filter((name) => !Object.hasOwn(out, name) && !place.omit?.has(name))
  // As many tries as members, twice, because a name may come up again.
  for (let tries = 0; Object.keys(out).length < wanted && tries < wanted * 2; tries++) {
    const name = left.shift() ?? newName(schema, generation)
    const member = Object.hasOwn(properties, name) ? properties[name] : schemaForName(schema, name)
    const value = generate(member, { name, depth: place.depth + 1, hint: undefined }, generation)
    Object.defineProperty(out, name, { value, writable: true, enumerable: true, configurable: true })
  }
}

function newName(schema: JsonSchema, { fresh, root }: Generation): string {
  const names = effectiveSchema(schema['propertyNames'] ?? {}, root)
  const { enum: allowed } = names
  if (Array.isArray(allowed)) return String(allowed[Math.floor(fresh.random() * allowed.length)])
  const [pattern] = isRecord(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : []
  if (pattern !== undefined && !isRecord(schema['additionalProperties'])) return stringFromPattern(pattern, fresh, 4)
  return stringValue(names, '', fresh) ?? fresh.token(8)
}
