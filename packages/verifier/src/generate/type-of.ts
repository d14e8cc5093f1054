import { isRecord } from '../target/is-record.ts'
import type { JsonSchema } from '../target/target.ts'

/** The type that is generated for a schema: the declared one, else what its keywords speak about. */
export function typeOf(schema: JsonSchema): string | undefined {
  const declared = [schema['type']].flat().filter((type) => typeof type === 'string')
  if (declared.length > 0) return declared.find((type) => type !== 'null') ?? 'null'
  const has = (...keywords: string[]) => keywords.some((keyword) => schema[keyword] !== undefined)
  if (has('properties', 'required', 'patternProperties', 'minProperties', 'propertyNames')) return 'object'
  if (has('items', 'prefixItems', 'minItems', 'contains')) return 'array'
  if (has('pattern', 'minLength', 'maxLength', 'format')) return 'string'
  if (has('minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum')) return 'number'
  return isRecord(schema['additionalProperties']) ? 'object' : undefined
}
