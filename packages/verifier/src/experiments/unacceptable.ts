import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A create that asks for an answer in a type that nobody has, and what exists of it. */
export const unacceptable: Experiment<{ readonly attempt: Attempt; readonly copies: Copies }> = {
  name: 'create and accept only a type that nobody has',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const attempt = await lab.post({ body, headers: [['Accept', 'application/x-createonce-unknown']] })
    return { attempt, copies: await observedCopies(lab, body, accepted(attempt) ? [attempt] : []) }
  },
}
