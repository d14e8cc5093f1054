import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import type { Experiment } from './experiment.ts'
import { parseJson } from './json-node.ts'
import { carries, plain } from './marks.ts'
import { placesOf } from './places-of.ts'
import { readFree } from './put-twice.ts'

/** Whose content is at a URL. */
export type Shown = 'first' | 'second' | 'unclear'

/** Two PUTs to one URL that both want it to be free (`If-None-Match: *`). */
export interface PutIfAbsent {
  /** What a GET answers before anything is there. */
  readonly before: Answer
  readonly first: Attempt
  /** The rest is absent where the first was refused. */
  readonly second?: Attempt
  readonly shown?: { readonly what: Shown; readonly answer: Answer }
  /** A third one without the condition, where the second was refused otherwise than with 412. */
  readonly plain?: Attempt
}

const condition = [['If-None-Match', '*']] as const

/** Puts to a fresh URL on the condition that it is free, and then other content on the same condition. */
export const putIfAbsent: Experiment<PutIfAbsent> = {
  name: 'put twice on the condition that nothing is there',
  async run(lab) {
    const { name, answer: before } = await readFree(lab)
    const put = () => lab.post({ body: lab.newBody({ name }), name, bare: true, headers: condition })
    const first = await put()
    if (!accepted(first)) return { before, first }
    const second = await put()
    const [place] = placesOf(lab, first)
    const answer = await lab.get(place?.url ?? first.answer.request.url)
    const shown = { what: whose(answer, first, second), answer }
    // Where it could not be replaced at all, the condition is not asked about (RFC 9110 §13.2.1).
    const isOther = !accepted(second) && second.status !== 412
    const plain = isOther ? await lab.post({ body: lab.newBody({ name }), name, bare: true }) : undefined
    return { before, first, second, shown, ...(plain === undefined ? {} : { plain }) }
  },
}

/** Whose content an answer shows, by the texts that only one of two bodies has. */
export function whose(answer: Answer, first: Attempt, second: Attempt): Shown {
  if (answer.response.status !== 200) return 'unclear'
  const json = parseJson(answer.response.body)
  const only = (one: Attempt, other: Attempt) =>
    new Set([...one.marks].filter((mark) => !other.marks.has(mark) && mark !== plain(one.name ?? '')))
  const [isFirst, isSecond] = [carries(json, only(first, second)), carries(json, only(second, first))]
  if (isFirst === isSecond) return 'unclear'
  return isFirst ? 'first' : 'second'
}
