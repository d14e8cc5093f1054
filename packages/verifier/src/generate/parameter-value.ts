import type { Parameter } from '../target/target.ts'
import type { Fresh } from './fresh.ts'
import { generateValue } from './generate-value.ts'

/** A fresh value for a path, query or header parameter, e.g. the name of a resource that PUT creates. */
export function parameterValue(parameter: Parameter, fresh: Fresh): string {
  const { schema, name, example } = parameter
  const generation = { root: schema, fresh, minimal: false, attempt: 0, uniqueNames: new Set([name]) }
  const value = generateValue(schema, { name, depth: 0, hint: example }, generation)
  return value === null || value === undefined ? fresh.token(12) : String(value)
}
