import type { InvalidBody } from '../experiments/bodies.ts'

// JSON Schema 2020-12 §7.2.1: format is an annotation unless said otherwise. Unknown members, and null for an absent
// member, are matters of taste in most guidelines. A server that reads these leniently has made a choice: a note.
const lenientRules = /^(format|nullable|additionalProperties|unevaluatedProperties|contentEncoding|contentMediaType)$/

/** Tells whether a server may accept a body that breaks this rule, and mean no harm. */
export function isLenient({ rule, pointer, body }: InvalidBody): boolean {
  if (lenientRules.test(rule)) return true
  const value = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], body)
  // A number for a text loses nothing, and widespread parsers take it.
  return rule === 'type' && typeof value === 'number' && Number.isInteger(value)
}
