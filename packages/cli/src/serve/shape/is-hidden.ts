import { type JsonSchema, wordsOf } from '@createonce/verifier/document'

// Names that mean nothing else; what a `token` or a `secret` is, no name tells.
const PASSWORDS: ReadonlySet<string> = new Set(['password', 'passwd', 'passphrase'])

/**
 * Whether a member is sent and never answered: `writeOnly` (OpenAPI 3.1 §4.8.24, JSON Schema Validation §9.4), and
 * passwords, by `format` or by name, for few documents say so.
 */
export function isHidden(schema: JsonSchema, name: string): boolean {
  if (schema['writeOnly'] === true || schema['format'] === 'password') return true
  const isText = [schema['type'] ?? 'string'].flat().includes('string')
  // Most names need not be taken apart to be known as none.
  return isText && /pass/i.test(name) && PASSWORDS.has(wordsOf(name).at(-1) ?? '')
}
