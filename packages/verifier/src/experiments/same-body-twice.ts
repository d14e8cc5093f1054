import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** Two creates from one body, with what exists afterwards. */
export interface Twice {
  readonly first: Attempt
  readonly second: Attempt
  readonly copies: Copies
}

/** One body sent twice, without a key or with two different ones. */
export const sameBodyTwice: Experiment<Twice> = {
  name: 'send the same body twice without the same key',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const first = await lab.post({ body })
    const second = await lab.post({ body })
    const copies: Copies = accepted(first)
      ? await observedCopies(lab, body, [first, second])
      : { kind: 'blind', reason: `the first of two creates answered ${first.status}` }
    return { first, second, copies }
  },
}
