import { isRecord } from './is-record.ts'
import type { JsonSchema } from './target.ts'

/**
 * The schema that one example shows: types and members, and no rule that an example cannot show. Every member is
 * marked as sent (`x-sent`): whoever wrote the example sends it, be it an id.
 */
export function inferSchema(example: unknown): JsonSchema {
  if (Array.isArray(example)) {
    return { type: 'array', examples: [example], ...(example.length > 0 ? { items: inferSchema(example[0]) } : {}) }
  }
  if (isRecord(example)) {
    const members = Object.entries(example).map(([name, value]) => [name, { ...inferSchema(value), 'x-sent': true }])
    return { type: 'object', properties: Object.fromEntries(members) }
  }
  if (example === null) return {}
  const type = typeof example
  // Whether 3 stands for "any number" cannot be seen; a price of 3 is as likely as a count of 3.
  return { type: type === 'string' || type === 'boolean' ? type : 'number', examples: [example] }
}
