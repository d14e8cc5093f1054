import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A key used for one payload, then for another, then for the first again. */
export interface KeyReuse {
  readonly first: Attempt
  readonly other: Attempt
  readonly again: Attempt
  /** What exists of the other payload. */
  readonly copies: Copies
}

/** The same key with another payload, and whether the first result survives it. */
export const keyReuse: Experiment<KeyReuse> = {
  name: 'reuse a key with another payload',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const key = lab.bodies.key()
    const first = await lab.post({ body, key })
    const otherBody = lab.newBody()
    const other = await lab.post({ body: otherBody, key })
    const again = await lab.post({ body, key })
    const copies: Copies = accepted(first)
      ? await observedCopies(lab, otherBody, [])
      : { kind: 'blind', reason: `the first request with a key answered ${first.status}` }
    return { first, other, again, copies }
  },
}
