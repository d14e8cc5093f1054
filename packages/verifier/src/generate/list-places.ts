import { effectiveSchema, mergeSchemas } from '../target/effective-schema.ts'
import { isRecord } from '../target/is-record.ts'
import type { JsonSchema } from '../target/target.ts'
import type { FaultPlace } from './fault.ts'
import { judgePart } from './judge-part.ts'
import { pointerStep } from './pointer.ts'

// Deep circles repeat what was broken above already.
const MAX_DEPTH = 6

/** The places of a valid body that a schema speaks about, the outermost first. */
export function listPlaces(root: JsonSchema, body: unknown): readonly FaultPlace[] {
  const places: FaultPlace[] = []
  let level: readonly FaultPlace[] = [
    { pointer: '', name: '', schema: chosenSchema(root, body, root), value: body, required: true },
  ]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    places.push(...level)
    level = level.flatMap((place) => inside(place, root))
  }
  return places
}

function inside(place: FaultPlace, root: JsonSchema): readonly FaultPlace[] {
  if (Array.isArray(place.value)) {
    const [first] = place.value
    if (place.value.length === 0 || !isRecord(place.schema['items'])) return []
    const schema = chosenSchema(place.schema['items'], first, root)
    return [{ pointer: `${place.pointer}/0`, name: `${place.name} item`, schema, value: first, required: false }]
  }
  if (!isRecord(place.value)) return []
  const properties = isRecord(place.schema['properties']) ? place.schema['properties'] : {}
  const required = new Set(Array.isArray(place.schema['required']) ? place.schema['required'] : [])
  return Object.entries(place.value)
    .filter(([name]) => Object.hasOwn(properties, name))
    .map(([name, value]) => ({
      pointer: place.pointer + pointerStep(name),
      name,
      schema: chosenSchema(properties[name], value, root),
      value,
      required: required.has(name),
    }))
}

/** What the schema says about this value: of a choice, the branch that the value took. */
function chosenSchema(schema: unknown, value: unknown, root: JsonSchema): JsonSchema {
  let result = effectiveSchema(schema, root)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = result[keyword]
    if (!Array.isArray(branches)) continue
    const taken = branches.find((branch) => accepts(branch, value, root))
    if (taken === undefined) continue
    const { [keyword]: _, ...base } = result
    result = mergeSchemas(base, effectiveSchema(taken, root))
  }
  return result
}

function accepts(branch: unknown, value: unknown, root: JsonSchema): boolean {
  return isRecord(branch) ? judgePart(branch, root)(value) : branch === true
}
