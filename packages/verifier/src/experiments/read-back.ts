import type { Answer } from '../exchange/exchange.ts'
import type { Attempt } from './attempt.ts'
import { findItems } from './find-items.ts'
import { type JsonObject, parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { carries } from './marks.ts'
import { placesOf } from './places-of.ts'
import { unwrap } from './resource.ts'

/** What became of a create when it was looked for right afterwards. */
export type ReadBack =
  | {
      readonly kind: 'read'
      readonly via: 'location' | 'id'
      readonly answer: Answer
      readonly json: unknown
      readonly resource?: JsonObject
    }
  /** It should be there by the answer, and is not. */
  | { readonly kind: 'missing'; readonly answers: readonly Answer[] }
  /** The answer leaves nothing to look for, or nothing can be read. */
  | { readonly kind: 'blind'; readonly reason: string; readonly answers: readonly Answer[] }

/**
 * Reads what a create made: by its Location, else by the id in its answer. A Location that leads to something else
 * is a finding of its own, and must not make everything else look wrong.
 */
export async function readBack(lab: Lab, attempt: Attempt): Promise<ReadBack> {
  const answers: Answer[] = []
  let strange = false
  for (const { via, url } of placesOf(lab, attempt)) {
    if (answers.some((answer) => answer.request.url === url)) continue
    const answer = await lab.get(url)
    answers.push(answer)
    if (answer.response.status !== 200) continue
    const json = parseJson(answer.response.body)
    const resource = unwrap(json, lab.operation.creation)
    if (isTheOne(attempt, json, resource))
      return { kind: 'read', via, answer, json, ...(resource === undefined ? {} : { resource }) }
    strange = true
  }
  if (strange) return { kind: 'blind', reason: 'Location leads to something else than what was created', answers }
  // Without a declared read operation a Location that answers 404 or 405 may simply not be meant for reading.
  if (answers.length > 0 && lab.operation.creation.read !== undefined) return { kind: 'missing', answers }
  return { kind: 'blind', reason: blindness(attempt, lab), answers }
}

function isTheOne({ id, marks, name }: Attempt, json: unknown, resource: JsonObject | undefined): boolean {
  if (resource === undefined || name !== undefined) return !Array.isArray(json)
  const shown = id === undefined ? undefined : resource[id.member]
  // The answer may name a wrong id; what carries the very text that was sent is what was created all the same.
  if (shown !== undefined) return String(shown) === id?.value || carries(json, marks)
  if (findItems(json)?.some((item) => typeof item === 'object') && !Object.keys(resource).includes(id?.member ?? '')) {
    return false
  }
  return id === undefined || carries(json, marks)
}

function blindness(attempt: Attempt, lab: Lab): string {
  if (lab.operation.creation.read === undefined) return 'the document has no operation that reads what is created'
  return attempt.id === undefined
    ? 'the answer holds no id and no Location to read by'
    : 'the read operation has a parameter for which nothing is known'
}
