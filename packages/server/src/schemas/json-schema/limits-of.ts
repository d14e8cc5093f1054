import { isSchema, type SchemaObject } from './subschemas.ts'

const LIMITS = ['maxItems', 'maxLength', 'maxProperties']
const KEPT = ['$id', '$schema', '$anchor']
const MAPS = ['properties', '$defs', 'definitions']
const SCHEMAS = ['items', 'prefixItems', 'additionalProperties', 'allOf']

/**
 * The schema without everything but its limits on sizes. It is asked before all faults are looked for: otherwise a
 * value far beyond a limit would be compared, matched and reported element by element, which the limit is there to
 * prevent.
 */
export function limitsOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(limitsOf)
  if (!isSchema(schema)) return true
  const limits: SchemaObject = {}
  for (const keyword of [...LIMITS, ...KEPT]) if (keyword in schema) limits[keyword] = schema[keyword]
  // Another document would be asked as a whole.
  if (String(schema['$ref']).startsWith('#')) limits['$ref'] = schema['$ref']
  for (const keyword of SCHEMAS) if (keyword in schema) limits[keyword] = limitsOf(schema[keyword])
  for (const keyword of MAPS) {
    const map = schema[keyword]
    if (isSchema(map))
      limits[keyword] = Object.fromEntries(Object.entries(map).map(([name, inner]) => [name, limitsOf(inner)]))
  }
  return limits
}
