import { isRecord } from '../target/is-record.ts'
import type { JsonSchema } from '../target/target.ts'
import type { Fault, FaultPlace } from './fault.ts'
import type { Fresh } from './fresh.ts'
import { numberRange } from './number-value.ts'
import { typeOf } from './type-of.ts'

// Text beyond this belongs to the checks of oversized bodies, which are asked for separately.
const MAX_TEXT = 20_000

/** The ways to break one place, the most telling first; whether the schema really refuses each is checked by the caller. */
export function faultsAt(place: FaultPlace, fresh: Fresh): readonly Fault[] {
  const { pointer } = place
  const where = pointer || 'the body'
  const fault = (rule: string, what: string, set: unknown): Fault => ({
    name: `${where} ${what}`,
    pointer,
    rule,
    change: { set },
  })
  const faults: Fault[] = []
  if (pointer !== '' && place.required) {
    faults.push({ name: `${where} is missing`, pointer, rule: 'required', change: 'remove' })
  }
  faults.push(...wrongTypes(place.schema).map(([what, value]) => fault('type', what, value)))
  faults.push(fault('nullable', 'is null', null))
  faults.push(...limitFaults(place.schema, fresh).map(([rule, what, value]) => fault(rule, what, value)))
  if (Array.isArray(place.value))
    faults.push(...listFaults(place, place.value).map(([rule, what, value]) => fault(rule, what, value)))
  if (isRecord(place.value)) {
    const name = `unexpected_${fresh.token(6)}`
    faults.push({
      name: `${pointer}/${name} is a member that is not allowed`,
      pointer: `${pointer}/${name}`,
      rule: 'additionalProperties',
      change: { set: fresh.text() },
    })
  }
  return faults
}

type Broken = readonly [rule: string, what: string, value: unknown]

function wrongTypes(schema: JsonSchema): readonly (readonly [string, unknown])[] {
  switch (typeOf(schema)) {
    case 'string':
      // An object first: many a server turns a number into text and means no harm.
      return [
        ['is an object instead of text', { unexpected: true }],
        ['is a number instead of text', 12345],
      ]
    case 'integer':
      return [
        ['is text instead of an integer', 'not-a-number'],
        ['has a fraction', 1.5],
      ]
    case 'number':
      return [['is text instead of a number', 'not-a-number']]
    case 'boolean':
      return [['is text instead of true or false', 'not-a-boolean']]
    case 'array':
      return [['is text instead of a list', 'not-a-list']]
    case 'object':
      return [
        ['is a list instead of an object', []],
        ['is text instead of an object', 'not-an-object'],
      ]
    default:
      return []
  }
}

function limitFaults(schema: JsonSchema, fresh: Fresh): readonly Broken[] {
  const faults: Broken[] = []
  const type = typeOf(schema)
  if (Array.isArray(schema['enum'])) {
    const strange = type === 'integer' || type === 'number' ? 987_654_321 : `not-allowed-${fresh.token(4)}`
    faults.push(['enum', 'is not one of the allowed values', strange])
  } else if ('const' in schema) faults.push(['const', 'is not the one allowed value', `not-allowed-${fresh.token(4)}`])
  if (type === 'integer' || type === 'number') faults.push(...numberFaults(schema))
  if (type === 'string') faults.push(...textFaults(schema, fresh))
  return faults
}

function numberFaults(schema: JsonSchema): readonly Broken[] {
  const { minimum, maximum, step } = numberRange(schema)
  const faults: Broken[] = []
  // Only limits that the schema states itself; those of int32 come from the format.
  const states = (...keywords: string[]) => keywords.find((keyword) => schema[keyword] !== undefined)
  const low = states('minimum', 'exclusiveMinimum')
  const high = states('maximum', 'exclusiveMaximum')
  // The limit itself tells `exclusiveMinimum` from `minimum`; of one rule, the first fault that is refused is taken.
  for (const rule of ['exclusiveMinimum', 'exclusiveMaximum'] as const) {
    if (schema[rule] !== undefined) faults.push([rule, 'is the excluded limit itself', schema[rule]])
  }
  if (low !== undefined) faults.push([low, 'is below the smallest allowed value', minimum - (step || 1)])
  if (high !== undefined) faults.push([high, 'is above the largest allowed value', maximum + (step || 1)])
  if (typeof schema['multipleOf'] === 'number') {
    const inside = Number.isFinite(minimum) ? minimum : 0
    faults.push(['multipleOf', `is no multiple of ${schema['multipleOf']}`, inside + schema['multipleOf'] / 2])
  }
  return faults
}

function textFaults(schema: JsonSchema, fresh: Fresh): readonly Broken[] {
  const { minLength, maxLength, format, pattern } = schema as Readonly<Record<string, unknown>>
  const faults: Broken[] = []
  if (typeof minLength === 'number' && minLength > 0) {
    faults.push(['minLength', minLength === 1 ? 'is empty' : 'is too short', fresh.token(minLength - 1)])
  }
  if (typeof maxLength === 'number' && maxLength < MAX_TEXT) {
    faults.push(['maxLength', 'is too long', fresh.text().padEnd(maxLength + 1, 'x')])
  }
  const strange = typeof format === 'string' ? STRANGE[format.toLowerCase()] : undefined
  if (strange !== undefined) faults.push(['format', `is no ${String(format)}`, strange])
  if (typeof pattern === 'string') {
    for (const text of [`?!${fresh.token(6)}`, '\u00a7', ' ', '0', 'x', '']) {
      faults.push(['pattern', 'does not match the pattern', text])
    }
  }
  return faults
}

const STRANGE: Readonly<Record<string, string>> = {
  email: 'not-an-email',
  'idn-email': 'not-an-email',
  uuid: 'not-a-uuid',
  date: '2030-13-45',
  'date-time': 'not-a-time',
  time: '25:61:61',
  duration: 'not-a-duration',
  uri: 'not a uri',
  url: 'not a url',
  hostname: '-not a host-',
  ipv4: '999.1.1.1',
  ipv6: 'not:an:address',
}

function listFaults(place: FaultPlace, items: readonly unknown[]): readonly Broken[] {
  const { minItems, maxItems, uniqueItems } = place.schema as Readonly<Record<string, unknown>>
  const faults: Broken[] = []
  if (typeof minItems === 'number' && minItems > 0) {
    faults.push(['minItems', 'has too few items', items.slice(0, minItems - 1)])
  }
  // A list of a thousand items is a question of size, not of rules.
  if (typeof maxItems === 'number' && maxItems < 1000 && items.length > 0) {
    faults.push([
      'maxItems',
      'has too many items',
      Array.from({ length: maxItems + 1 }, (_, i) => items[i % items.length]),
    ])
  }
  if (uniqueItems === true && items.length > 0) faults.push(['uniqueItems', 'has an item twice', [...items, items[0]]])
  return faults
}
