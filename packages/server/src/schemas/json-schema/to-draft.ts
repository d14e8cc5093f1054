import type { Draft } from './ajv.ts'
import { isSchema, type SchemaObject } from './subschemas.ts'

/** The schema, written in the draft that is asked for; throws where it says what that draft says in another way. */
export function toDraft(schema: SchemaObject, draft: Draft, target: string): Record<string, unknown> {
  if (target === draft) return structuredClone(schema)
  if (target === 'draft-2020-12' && !usesOldWords(schema)) {
    return { ...structuredClone(schema), $schema: 'https://json-schema.org/draft/2020-12/schema' }
  }
  throw new Error(`This JSON Schema is of ${draft} and cannot be written as ${JSON.stringify(target)}.`)
}

/** Tuples and dependencies have other keywords since 2019-09. */
function usesOldWords(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(usesOldWords)
  if (!isSchema(schema)) return false
  if (Array.isArray(schema['items']) || 'additionalItems' in schema || 'dependencies' in schema) return true
  return Object.values(schema).some(usesOldWords)
}
