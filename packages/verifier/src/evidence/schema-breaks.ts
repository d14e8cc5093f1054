import { compileSchema } from '../target/compile-schema.ts'
import type { JsonSchema } from '../target/target.ts'
import { quote } from './quote.ts'

/** One place in which a value breaks its schema. */
export interface SchemaBreak {
  /** The member and the keyword, in words. */
  readonly what: string
  /** Where and what, the same for every item of a list. */
  readonly name: string
  readonly rule: string
}

// By 2020-12 a format is an annotation, unless somebody asserts it.
const annotations: ReadonlySet<string> = new Set(['format'])

/**
 * Where a value breaks a schema; undefined when the schema itself cannot be used. Documents of OpenAPI 2.0 have no way
 * to say that a member may be null, so that none is held against them.
 */
export function schemaBreaks(schema: JsonSchema, value: unknown, version: string): readonly SchemaBreak[] | undefined {
  let faults: ReturnType<ReturnType<typeof compileSchema>['faults']>
  try {
    faults = compileSchema(schema).faults(version.startsWith('2') ? withoutNulls(value) : value)
  } catch {
    return undefined
  }
  return faults
    .filter(({ rule }) => !annotations.has(rule))
    .map(({ pointer, rule, message }) => {
      const place = pointer === '' ? 'the content' : quote(pointer)
      return { what: `${place} breaks ${rule} (${message})`, name: `${pointer.replace(/\/\d+/g, '/*')} ${rule}`, rule }
    })
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]))
}
