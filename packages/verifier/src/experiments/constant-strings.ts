import { stringsWithin } from './json-node.ts'
import type { LabOptions } from './lab-options.ts'
import { plain } from './marks.ts'

/**
 * The strings that mark no body. Two bodies that are never sent show which ones every body has; the schema's own
 * strings (enumerations, examples) and the ids of parents are no marks either.
 */
export function constantStrings({ bodies, operation, parents, references }: LabOptions): ReadonlySet<string> {
  const { body } = operation.creation
  const [one, other] = [bodies.valid(), bodies.valid()].map((body) => stringsWithin(body).map(plain))
  const shared = (one ?? []).filter((text) => other?.includes(text))
  const known = stringsWithin([body?.schema, body?.examples, parents, references]).map(plain)
  return new Set([...shared, ...known])
}
