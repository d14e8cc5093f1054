import type { Answer } from '../exchange/exchange.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { locationRead, waitsForLate } from './location-read.ts'
import { readBack } from './read-back.ts'

/** When what a create made came to be seen. */
export type Appearance =
  | { readonly kind: 'at once'; readonly answer: Answer }
  /** It was answered 404 first. */
  | { readonly kind: 'late'; readonly first: Answer; readonly later: Answer; readonly waitedMs: number }
  | { readonly kind: 'never'; readonly answers: readonly Answer[] }
  | { readonly kind: 'unseen'; readonly reason: string }

/** Looks for what the first create made, where the answer says it is, until it is there or has been waited for long enough. */
export const appearance: Experiment<Appearance> = {
  name: 'wait until what was created can be read',
  async run(lab) {
    const location = await lab.ask(locationRead)
    if (location.kind === 'read') {
      const { at, later } = location
      if (at.response.status === 200) return { kind: 'at once', answer: at }
      if (later?.response.status === 200) return { kind: 'late', first: at, later, waitedMs: waited(at, later) }
      if (later?.response.status === 404) return { kind: 'never', answers: [at, later] }
      return { kind: 'unseen', reason: `GET on Location answered ${at.response.status}` }
    }
    return await byId(lab)
  },
}

/** Where no Location can be followed, the id in the answer still leads to the read operation. */
async function byId(lab: Lab): Promise<Appearance> {
  const attempt = await lab.ask(created)
  const read = await lab.ask(createdRead)
  if (read.kind === 'read') return { kind: 'at once', answer: read.answer }
  if (read.kind === 'blind') return { kind: 'unseen', reason: read.reason }
  const first = read.answers.find(({ response }) => response.status === 404)
  if (first === undefined) return { kind: 'unseen', reason: 'what was created could not be read' }
  const answers = [...read.answers]
  for (const ms of waitsForLate) {
    await lab.sleep(ms)
    const again = await readBack(lab, attempt)
    if (again.kind === 'read')
      return { kind: 'late', first, later: again.answer, waitedMs: waited(first, again.answer) }
    answers.push(...again.answers)
  }
  return { kind: 'never', answers }
}

function waited(first: Answer, later: Answer): number {
  return Math.max(0, (later.at ?? 0) - (first.at ?? 0))
}
