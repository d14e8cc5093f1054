import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { leftAtName } from './left-at-name.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A create that asks for an answer in a type that nobody has, and what exists of it. */
export const unacceptable: Experiment<{ readonly attempt: Attempt; readonly copies: Copies }> = {
  name: 'create and accept only a type that nobody has',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const attempt = await lab.post({ body, headers: [['Accept', 'application/x-createonce-unknown']] })
    const look = accepted(attempt) ? undefined : await leftAtName(lab, attempt)
    if (look !== undefined && look.left !== 'unclear') {
      const count = look.left === 'something' ? 1 : 0
      return { attempt, copies: { kind: 'counted', count, exact: true, evidence: [look.answer.id] } }
    }
    return { attempt, copies: await observedCopies(lab, body, accepted(attempt) ? [attempt] : []) }
  },
}
