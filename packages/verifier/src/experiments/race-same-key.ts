import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'
import { answered, type Race } from './race-duplicates.ts'

/** A race of one key, and a retry after it. */
export type KeyRace = Race & { readonly after: Attempt }

/** The same request with the same key at the same moment over a connection each, then once more. */
export const raceSameKey: Experiment<KeyRace> = {
  name: 'race the same key',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const key = lab.bodies.key()
    const lanes = await lab.racePosts(Array.from({ length: lab.races }, () => ({ body, key })))
    const after = await lab.post({ body, key })
    const attempts = answered(lanes)
    const winners = [...attempts, after].filter(accepted)
    const copies: Copies =
      winners.length > 0 ? await observedCopies(lab, body, winners) : { kind: 'blind', reason: 'nobody won the race' }
    return { lanes, attempts, copies, after }
  },
}
