import type { Answer } from '../exchange/exchange.ts'
import type { Attempt } from './attempt.ts'
import { parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { carries, plain } from './marks.ts'
import { placesOf } from './places-of.ts'

/** What a refused PUT left at the URL that it named, which nobody had used before. */
export interface LeftAtName {
  readonly left: 'something' | 'nothing' | 'unclear'
  readonly answer: Answer
}

/** Looks where a PUT would have created; undefined for a POST, whose place only the target knows. */
export async function leftAtName(lab: Lab, attempt: Attempt): Promise<LeftAtName | undefined> {
  const [place] = placesOf(lab, attempt)
  if (attempt.name === undefined || place === undefined) return undefined
  const answer = await lab.get(place.url)
  const { status, body } = answer.response
  if (status === 404 || status === 410) return { left: 'nothing', answer }
  // Some answer any name, and repeat it: only the rest of what was sent shows that it was stored.
  const name = plain(attempt.name)
  const marks = new Set([...attempt.marks].filter((mark) => mark !== name && !lab.acceptedStrings.has(mark)))
  return { left: status === 200 && carries(parseJson(body), marks) ? 'something' : 'unclear', answer }
}
