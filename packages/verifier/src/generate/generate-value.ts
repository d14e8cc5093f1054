import { effectiveSchema, mergeSchemas } from '../target/effective-schema.ts'
import { isRecord } from '../target/is-record.ts'
import type { JsonSchema } from '../target/target.ts'
import { wordsOf } from '../target/words.ts'
import { generateArray } from './generate-array.ts'
import { generateObject } from './generate-object.ts'
import type { Generation, Place } from './generation.ts'
import { judgePart } from './judge-part.ts'
import { numberAccepts, numberValue } from './number-value.ts'
import { stringValue } from './string-value.ts'
import { typeOf } from './type-of.ts'

/** Generates a value from a schema; likely to be valid, and checked as a whole by the caller. */
export function generateValue(schema: unknown, place: Place, generation: Generation): unknown {
  const effective = effectiveSchema(schema, generation.root)
  const hint = hintOf(effective, place)
  const here = { ...place, hint }
  if ('const' in effective) return effective['const']
  const { enum: values } = effective
  if (Array.isArray(values) && values.length > 0) return fromEnum(values, hint, generation)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = effective[keyword]
    if (Array.isArray(branches) && branches.length > 0)
      return fromBranches(effective, keyword, branches, here, generation)
  }
  if (effective['if'] !== undefined) return fromCondition(effective, here, generation)
  return byType(effective, here, generation)
}

function byType(schema: JsonSchema, place: Place, generation: Generation): unknown {
  const { fresh } = generation
  switch (typeOf(schema)) {
    case 'object':
      return generateObject(schema, place, generation, generateValue)
    case 'array':
      return generateArray(schema, place, generation, generateValue)
    case 'integer':
    case 'number':
      return fromNumber(schema, place, generation)
    case 'boolean':
      return typeof place.hint === 'boolean' ? place.hint : generation.attempt % 2 === 0
    case 'null':
      return null
    case 'string':
      return (
        stringValue(schema, place.name, fresh, { hint: place.hint, unique: generation.uniqueNames.has(place.name) }) ??
        null
      )
    default:
      return place.hint !== undefined && typeof place.hint !== 'string'
        ? place.hint
        : (stringValue(schema, place.name, fresh, {
            hint: place.hint,
            unique: generation.uniqueNames.has(place.name),
          }) ?? null)
  }
}

function fromNumber(schema: JsonSchema, place: Place, generation: Generation): number {
  const last = wordsOf(place.name).at(-1) ?? ''
  const isId = place.depth === 1 && generation.idNames?.has(place.name) === true
  const unique =
    isId || generation.uniqueNames.has(place.name) || ['number', 'isbn', 'ean', 'code', 'phone'].includes(last)
  if (!unique && typeof place.hint === 'number' && numberAccepts(schema, place.hint)) return place.hint
  return numberValue(schema, place.name, generation.fresh, unique)
}

function hintOf(schema: JsonSchema, place: Place): unknown {
  const examples = schema['examples']
  return schema['default'] ?? (Array.isArray(examples) ? examples[0] : undefined) ?? place.hint
}

/** A default is the safest member of a list (`draft`), then an example, then the first. */
function fromEnum(values: readonly unknown[], hint: unknown, { attempt }: Generation): unknown {
  const usable: readonly unknown[] = values.filter((value) => value !== null)
  if (usable.length === 0) return null
  return usable[(Math.max(usable.indexOf(hint), 0) + attempt) % usable.length]
}

const mergedBranches = new WeakMap<JsonSchema, readonly JsonSchema[]>()

function fromBranches(
  schema: JsonSchema,
  keyword: 'oneOf' | 'anyOf',
  branches: readonly unknown[],
  place: Place,
  generation: Generation,
): unknown {
  let merged = mergedBranches.get(schema)
  if (merged === undefined) {
    const { [keyword]: _, ...base } = schema
    merged = branches.map((branch) => mergeSchemas(base, effectiveSchema(branch, generation.root)))
    mergedBranches.set(schema, merged)
  }
  const order = merged.map((_, index) => merged[(index + generation.attempt) % merged.length] as JsonSchema)
  // Null is allowed in many choices, and tells a server nothing.
  order.sort((a, b) => Number(typeOf(a) === 'null') - Number(typeOf(b) === 'null'))
  const judge = judgePart(schema, generation.root)
  let last: unknown
  for (const branch of order) {
    for (const omit of [place.omit ?? new Set<string>(), othersRequired(branch, merged)]) {
      last = generateValue(branch, { ...place, omit, depth: place.depth + 1 }, generation)
      if (judge(last)) return last
    }
  }
  return last
}

/** What the other branches require and this one does not: members that would make the value theirs. */
function othersRequired(branch: JsonSchema, all: readonly JsonSchema[]): ReadonlySet<string> {
  const required = (schema: JsonSchema) => (Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
  const own = new Set(required(branch))
  return new Set(all.flatMap(required).filter((name) => !own.has(name)))
}

function fromCondition(schema: JsonSchema, place: Place, generation: Generation): unknown {
  const { if: condition, then: consequence, else: alternative, ...base } = schema
  const value = generateValue(base, place, generation)
  const holds = isRecord(condition) ? judgePart(condition, generation.root)(value) : condition === true
  const branch = holds ? consequence : alternative
  if (!isRecord(branch)) return value
  return generateValue(mergeSchemas(base, effectiveSchema(branch, generation.root)), place, generation)
}
