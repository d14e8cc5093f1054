import { compileSchema } from '../target/compile-schema.ts'
import { effectiveSchema, mergeSchemas } from '../target/effective-schema.ts'
import { nameParameterOf, ownIdOf } from '../target/own-id.ts'
import type { Creation, JsonSchema } from '../target/target.ts'
import type { Fresh } from './fresh.ts'
import { parameterValue } from './parameter-value.ts'

// Below this many characters a name may be that of a resource which is there already, and a PUT would replace it.
const shortestName = 8
// Far above what a counter reaches, and below the largest 32-bit integer.
const [lowest, highest] = [1_000_000_000, 2_000_000_000]

/** A name that nobody has used, for what a PUT creates; undefined where the schema leaves too few to be sure of that. */
export function clientName(creation: Creation, fresh: Fresh): string | undefined {
  const parameter = nameParameterOf(creation)
  if (parameter === undefined) return undefined
  const declared = effectiveSchema(parameter.schema, parameter.schema)
  const member = ownIdOf(creation)?.schema
  for (const schema of member === undefined ? [declared] : [mergeSchemas(declared, member), declared]) {
    const name = nameBy(schema, parameter.name, parameter.example, fresh)
    if (name !== undefined) return name
  }
  return undefined
}

function nameBy(schema: JsonSchema, name: string, example: unknown, fresh: Fresh): string | undefined {
  if (schema['enum'] !== undefined || 'const' in schema) return undefined
  const accepts = (value: unknown): boolean => {
    try {
      return compileSchema(schema).accepts(value)
    } catch {
      return true
    }
  }
  const types = [schema['type']].flat()
  if (types.includes('integer') || types.includes('number')) {
    const number = fresh.integer(lowest, highest)
    return accepts(number) ? String(number) : undefined
  }
  // Whoever takes any text takes a UUID, which is a good slug as well.
  const uuid = fresh.uuid()
  const isOpen = schema['pattern'] === undefined && schema['format'] === undefined
  if (isOpen && accepts(uuid)) return uuid
  const made = parameterValue({ name, in: 'path', required: true, schema, example }, fresh)
  for (const value of [made, uuid, fresh.token(16)]) {
    if (value.length >= shortestName && /^[\w.~-]+$/.test(value) && accepts(value)) return value
  }
  return undefined
}
