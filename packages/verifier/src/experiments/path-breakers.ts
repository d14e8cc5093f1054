import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import { createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { findItems } from './find-items.ts'
import { parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { locationUrl } from './location-url.ts'
import { carries } from './marks.ts'
import { type NamedTries, type NamedTry, namedTries } from './named-tries.ts'
import { unwrap } from './resource.ts'

/** Where the Location of a hard name leads. */
export interface Led {
  readonly answer: Answer
  readonly to: 'it' | 'nothing' | 'something else' | 'unclear'
}

/** Names that mean something in a path, and where their Locations lead, where they lead to the target. */
export interface PathBreakers {
  readonly tries: NamedTries
  readonly led: ReadonlyMap<NamedTry, Led>
  /** Whether the Location of an ordinary name leads to its resource. */
  readonly isFollowed: boolean
}

/** Creates with names that mean something in a path, and follows their Locations. */
export const pathBreakers: Experiment<PathBreakers> = {
  name: 'create with names that mean something in a path',
  async run(lab) {
    const tries = await namedTries(lab, (token) => [
      { name: 'a slash', values: [`${token}/b`] },
      { name: 'a question mark', values: [`${token}?b`] },
      { name: 'a hash', values: [`${token}#b`] },
      { name: 'a space', values: [`${token} b`] },
      { name: 'an emoji', values: [`${token}😀`] },
      { name: 'an authority', values: [`//createonce.invalid/${token}`] },
      { name: 'a backslash', values: [`/\\createonce.invalid/${token}`] },
      // These cannot be made unique: a second run meets what the first one left.
      { name: 'dots', values: ['..', '.', '%2e%2e', '.%2e'] },
    ])
    const led = new Map<NamedTry, Led>()
    if (tries.kind === 'impossible') return { tries, led, isFollowed: false }
    for (const one of tries.tries) {
      const found = await follow(lab, one)
      if (found !== undefined) led.set(one, found)
    }
    const read = await lab.ask(createdRead)
    return { tries, led, isFollowed: read.kind === 'read' && read.via === 'location' }
  },
}

async function follow(lab: Lab, { tried }: NamedTry): Promise<Led | undefined> {
  if (tried.kind === 'unanswered' || !accepted(tried.attempt)) return undefined
  const place = locationUrl(tried.attempt, lab.operation)
  if (place.kind !== 'here') return undefined
  const answer = await lab.get(place.url.href)
  return { answer, to: destination(lab, tried.attempt, answer) }
}

function destination(lab: Lab, { id, marks }: Attempt, answer: Answer): Led['to'] {
  if ([404, 410].includes(answer.response.status)) return 'nothing'
  if (answer.response.status !== 200) return 'unclear'
  const json = parseJson(answer.response.body)
  // A list shows it as well, and is not it.
  if (Array.isArray(json)) return 'something else'
  const shown = id === undefined ? undefined : unwrap(json, lab.operation.creation)?.[id.member]
  if (shown !== undefined) return String(shown) === id?.value ? 'it' : 'something else'
  if (carries(json, marks)) return 'it'
  return findItems(json) === undefined ? 'unclear' : 'something else'
}
