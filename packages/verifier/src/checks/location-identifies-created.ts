import { quote } from '../evidence/quote.ts'
import { type Evidence, fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { created, createdAgain } from '../experiments/created.ts'
import { parseJson } from '../experiments/json-node.ts'
import { type LocationRead, locationRead, locationReadAgain } from '../experiments/location-read.ts'
import { carries } from '../experiments/marks.ts'
import type { Operation } from '../experiments/operation.ts'
import { identifierOf, unwrap } from '../experiments/resource.ts'
import type { Check } from './check.ts'

/** Location names just what this request created. */
export const locationIdentifiesCreated: Check = {
  id: 'location-identifies-created',
  group: 'location',
  title: 'Location names the resource that this request created',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §10.2.2, §15.3.2',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const first = await ask(created)
    const second = await ask(createdAgain)
    const [one, two] = [first.locations[0], second.locations[0]]
    if (one === undefined || two === undefined) return skip('the answer has no Location')
    if (first.status === 202) return skip('the create was only accepted (202); Location may name a monitor')
    if (!URL.canParse(one, first.answer.request.url)) {
      return inconclusive(`Location is no usable URL: ${quote(one)}`, first)
    }
    // What a PUT creates is just there.
    if (operation.creation.method === 'POST' && isPosted(one, first)) {
      return wrong(`Location is the URL that was posted to: ${quote(one)}. It should name the new resource.`, [first])
    }
    if (one === two) {
      return wrong(`Two creates from different bodies answered with the same Location ${quote(one)}.`, [second, first])
    }
    const reads = [
      { attempt: first, read: await ask(locationRead), other: second },
      { attempt: second, read: await ask(locationReadAgain), other: first },
    ]
    let seen = 0
    for (const { attempt, read, other } of reads) {
      if (read.kind !== 'read' || read.at.response.status !== 200) continue
      seen++
      const stranger = strangerAt(attempt, read, other, operation)
      if (stranger !== undefined) return wrong(stranger, [attempt, read.at])
    }
    return seen > 0 ? pass(first, second) : inconclusive('what Location names could not be read', first)
  },
}

function wrong(message: string, evidence: readonly Evidence[]): Verdict {
  return fail({ message, fix: 'Build Location from the id of the row that this very request inserted.', evidence })
}

function isPosted(location: string, { answer }: Attempt): boolean {
  const [at, posted] = [new URL(location, answer.request.url), new URL(answer.request.url)]
  const trim = (path: string) => path.replace(/\/+$/, '')
  return trim(at.pathname) === trim(posted.pathname) && at.search === posted.search
}

function strangerAt(
  attempt: Attempt,
  { at }: Extract<LocationRead, { kind: 'read' }>,
  other: Attempt,
  { creation }: Operation,
): string | undefined {
  const json = parseJson(at.response.body)
  if (Array.isArray(json)) return 'Location leads to a list, not to the new resource.'
  const resource = unwrap(json, creation)
  if (resource === undefined) return undefined
  const { id } = attempt
  const shown = id === undefined ? undefined : (resource[id.member] ?? identifierOf(resource, creation)?.value)
  if (id !== undefined && shown !== undefined && String(shown) !== id.value && !carries(resource, attempt.marks)) {
    return `The answer to the create has ${id.member} ${quote(id.value)}, and what its Location leads to has ${quote(String(shown))}.`
  }
  if (carries(resource, other.marks) && !carries(resource, attempt.marks)) {
    return 'Location leads to a resource with the content of another create.'
  }
  return undefined
}
