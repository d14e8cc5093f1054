import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A create without a key, and what exists of it. */
export const missingKey: Experiment<{ readonly attempt: Attempt; readonly copies: Copies }> = {
  name: 'create without a key',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const attempt = await lab.post({ body, key: 'none' })
    return { attempt, copies: await observedCopies(lab, body, accepted(attempt) ? [attempt] : []) }
  },
}
