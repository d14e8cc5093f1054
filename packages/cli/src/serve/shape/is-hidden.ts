import type { JsonSchema } from '@createonce/verifier/document'

/** Whether a member is sent and never answered: `writeOnly` (OpenAPI 3.1 §4.8.24, JSON Schema Validation §9.4), and passwords. */
export function isHidden(schema: JsonSchema): boolean {
  return schema['writeOnly'] === true || schema['format'] === 'password'
}
