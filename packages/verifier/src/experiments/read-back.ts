import type { Answer } from '../http/exchange.ts'
import type { Attempt } from './attempt.ts'
import { type JsonObject, parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { locationUrl } from './location-url.ts'
import { readUrl } from './read-url.ts'
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
  | { readonly kind: 'blind'; readonly reason: string }

/** Reads what a create made: by its Location, else by the id in its answer. */
export async function readBack(lab: Lab, attempt: Attempt): Promise<ReadBack> {
  const tried: Answer[] = []
  const location = locationUrl(attempt, lab.operation)
  const byId = readUrl(attempt, lab.operation, lab.parents)
  const places = [
    ...(location.kind === 'here' ? [{ via: 'location' as const, url: location.url.href }] : []),
    ...(byId === undefined ? [] : [{ via: 'id' as const, url: byId }]),
  ]
  for (const { via, url } of places) {
    if (tried.some((answer) => answer.request.url === url)) continue
    const answer = await lab.get(url)
    tried.push(answer)
    if (answer.response.status !== 200) continue
    const json = parseJson(answer.response.body)
    const resource = unwrap(json, lab.operation.creation)
    return { kind: 'read', via, answer, json, ...(resource === undefined ? {} : { resource }) }
  }
  // Without a declared read operation a Location that answers 404 or 405 may simply not be meant for reading.
  if (tried.length > 0 && lab.operation.creation.read !== undefined) return { kind: 'missing', answers: tried }
  return { kind: 'blind', reason: blindness(attempt, lab) }
}

function blindness(attempt: Attempt, lab: Lab): string {
  if (lab.operation.creation.read === undefined) return 'the document has no operation that reads what is created'
  return attempt.id === undefined
    ? 'the answer holds no id and no Location to read by'
    : 'the read operation has a parameter for which nothing is known'
}
