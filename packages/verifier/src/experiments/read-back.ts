import type { Answer } from '../exchange/exchange.ts'
import type { Attempt } from './attempt.ts'
import { completionOf } from './completion-of.ts'
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
  if (attempt.status === 202) return await readCompleted(lab, attempt)
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

/** What was only accepted is read where its monitor leads; Location and id may be those of the monitor. */
async function readCompleted(lab: Lab, attempt: Attempt): Promise<ReadBack> {
  const ended = await completionOf(lab, attempt)
  if (ended.kind !== 'created')
    return {
      kind: 'blind',
      reason: `the create was only accepted (202), and what became of it was not seen`,
      answers: [],
    }
  const { read, json } = ended
  const resource = unwrap(json, lab.operation.creation)
  if (!carries(json, attempt.marks))
    return { kind: 'blind', reason: 'what the accepted create led to does not show what was sent', answers: [read] }
  return { kind: 'read', via: 'location', answer: read, json, ...(resource === undefined ? {} : { resource }) }
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
