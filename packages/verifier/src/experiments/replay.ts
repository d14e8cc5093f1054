import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A request with a key, its exact repetition, and what exists afterwards. */
export interface Replayed {
  readonly first: Attempt
  readonly second: Attempt
  readonly copies: Copies
}

/** The same request with the same key, twice, one after the other. */
export const replay: Experiment<Replayed> = {
  name: 'replay the same key',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const key = lab.bodies.key()
    const first = await lab.post({ body, key })
    const second = await lab.post({ body, key })
    const copies: Copies = accepted(first)
      ? await observedCopies(lab, body, [first, second])
      : { kind: 'blind', reason: `the first request with a key answered ${first.status}` }
    return { first, second, copies }
  },
}
