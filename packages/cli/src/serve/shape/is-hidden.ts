import { type JsonSchema, wordsOf } from '@createonce/verifier/document'

const SECRETS = new Set(['password', 'passwd', 'passphrase'])

/**
 * Whether a member is sent and never answered: `writeOnly` (OpenAPI 3.1 §4.8.24, JSON Schema Validation §9.4), and passwords, by
 * their format or their name: many documents say neither, and mean it.
 */
export function isHidden(schema: JsonSchema, name: string): boolean {
  return schema['writeOnly'] === true || schema['format'] === 'password' || SECRETS.has(wordsOf(name).at(-1) ?? '')
}
