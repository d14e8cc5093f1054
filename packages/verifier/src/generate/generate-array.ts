import { isRecord } from '../target/is-record.ts'
import type { JsonSchema } from '../target/target.ts'
import type { Generate, Generation, Place } from './generation.ts'

// From this depth on a list is a circle as a rule, and stays as short as it may.
const MAX_FILLED_DEPTH = 4

/** Generates an array: as long as it must be, and with one item where a client would send one. */
export function generateArray(schema: JsonSchema, place: Place, generation: Generation, generate: Generate): unknown[] {
  const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : Number.POSITIVE_INFINITY
  const usual = place.depth < MAX_FILLED_DEPTH && schema['items'] !== undefined && !generation.minimal ? 1 : 0
  const rest = schema['items'] === false ? prefix.length : Number.POSITIVE_INFINITY
  const length = Math.min(Math.max(least, usual, prefix.length), most, rest)
  const hints = Array.isArray(place.hint) ? place.hint : []
  const items: unknown[] = []
  for (let index = 0; index < length; index++) {
    const contains = index === prefix.length && isRecord(schema['contains']) ? schema['contains'] : undefined
    const member = prefix[index] ?? both(schema['items'], contains)
    const make = (attempt: number) =>
      generate(member, { name: place.name, depth: place.depth + 1, hint: hints[index] }, { ...generation, attempt })
    items.push(schema['uniqueItems'] === true ? distinct(items, make, generation.attempt) : make(generation.attempt))
  }
  if (isRecord(schema['contains']) && prefix.length >= length && length < most) {
    items.push(generate(schema['contains'], { ...place, depth: place.depth + 1, hint: undefined }, generation))
  }
  return items
}

function both(items: unknown, contains: JsonSchema | undefined): unknown {
  const schema = isRecord(items) ? items : {}
  return contains === undefined ? schema : { allOf: [schema, contains] }
}

/** The values of an enum or a boolean come in turn, so that a set of them has no value twice. */
function distinct(items: readonly unknown[], make: (attempt: number) => unknown, attempt: number): unknown {
  const seen = new Set(items.map((item) => JSON.stringify(item)))
  let value = make(attempt)
  // As many other attempts as there are items can be in the way.
  for (let n = 1; n <= items.length + 1 && seen.has(JSON.stringify(value)); n++) value = make(attempt + n)
  return value
}
