import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import type { JsonSchema } from './target.ts'

/** What a schema says about members that it does not name: that they are welcome, that there are none, or nothing. */
export type UnknownMembers = 'welcome' | 'forbidden' | 'unsaid'

// Choices within choices of more levels than this say nothing that a reader of the document would see.
const MAX_DEPTH = 4

/** Reads that of an object's schema, through `$ref`, `allOf` and choices. One branch that welcomes them is enough. */
export function unknownMembersIn(schema: JsonSchema, root: JsonSchema = schema, depth = 0): UnknownMembers {
  const flat = effectiveSchema(schema, root)
  const own = [flat['additionalProperties'], flat['unevaluatedProperties']]
  if (own.some((value) => value === true || isRecord(value)) || isRecord(flat['patternProperties'])) return 'welcome'
  const choices = [flat['oneOf'], flat['anyOf']].filter(Array.isArray).flat().filter(isRecord)
  const said = depth < MAX_DEPTH ? choices.map((choice) => unknownMembersIn(choice, root, depth + 1)) : []
  if (said.includes('welcome')) return 'welcome'
  if (own.includes(false) || (said.length > 0 && said.every((one) => one === 'forbidden'))) return 'forbidden'
  return 'unsaid'
}
