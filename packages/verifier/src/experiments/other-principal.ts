import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { carries } from './marks.ts'
import { placesOf } from './places-of.ts'
import { unwrap } from './resource.ts'

/** What the second principal can do: whether it exists, may create, and sees its own. */
export type OtherPrincipal =
  | { readonly kind: 'none' }
  | { readonly kind: 'powerless'; readonly attempt: Attempt }
  | { readonly kind: 'able'; readonly attempt: Attempt; readonly ownRead?: Answer }

/** What the second principal sees where the first one's creation is. */
export type StrangeRead =
  | { readonly kind: 'shown'; readonly answer: Answer }
  | { readonly kind: 'hidden'; readonly answers: readonly Answer[] }
  | { readonly kind: 'unclear'; readonly answers: readonly Answer[] }

/** The second principal creates with its own credentials, and reads what it created. */
export const otherPrincipal: Experiment<OtherPrincipal> = {
  name: 'create as the second principal',
  async run(lab) {
    await lab.ask(created)
    if (lab.principals.other === undefined) return { kind: 'none' }
    const attempt = await lab.post({ body: lab.newBody(), as: 'other' })
    if (!accepted(attempt)) return { kind: 'powerless', attempt }
    const ownRead = await readAs(lab, attempt)
    return ownRead.kind === 'shown' ? { kind: 'able', attempt, ownRead: ownRead.answer } : { kind: 'able', attempt }
  },
}

/** The second principal reads what the first one created. */
export const strangeRead: Experiment<StrangeRead> = {
  name: 'read as the second principal what the first one created',
  async run(lab) {
    const first = await lab.ask(created)
    await lab.ask(createdRead)
    const other = await lab.ask(otherPrincipal)
    return await readAs(lab, first, other.kind === 'none' ? new Set() : other.attempt.marks)
  },
}

/**
 * Reads as the second principal what anybody created.
 *
 * @param own - the marks of what the second principal created: its own resource at that place is no sight of another.
 */
export async function readAs(lab: Lab, attempt: Attempt, own: ReadonlySet<string> = new Set()): Promise<StrangeRead> {
  const answers: Answer[] = []
  for (const { url } of placesOf(lab, attempt)) {
    if (answers.some((answer) => answer.request.url === url)) continue
    const answer = await lab.get(url, 'other')
    if (answer.response.status === 200 && shows(lab, attempt, answer)) return { kind: 'shown', answer }
    answers.push(answer)
  }
  const isHidden =
    answers.length > 0 &&
    answers.every(
      ({ response: { status, body } }) =>
        [401, 403, 404, 410].includes(status) || (status === 200 && carries(parseJson(body), own)),
    )
  return { kind: isHidden ? 'hidden' : 'unclear', answers }
}

// Ids may be counted for each principal: only the content shows whose resource it is.
function shows(lab: Lab, { id, marks }: Attempt, answer: Answer): boolean {
  const json = parseJson(answer.response.body)
  if (marks.size > 0) return carries(json, marks)
  const resource = unwrap(json, lab.operation.creation)
  return id !== undefined && id.value.length >= 16 && String(resource?.[id.member]) === id.value
}
