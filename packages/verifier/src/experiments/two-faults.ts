import type { Tried } from './attempt.ts'
import type { TwiceInvalidBody } from './bodies.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A body with two independent violations, with what the target made of it; undefined where the schema allows none. */
export const twoFaults: Experiment<{ readonly violation: TwiceInvalidBody; readonly tried: Tried } | undefined> = {
  name: 'send a body that breaks two rules',
  async run(lab) {
    await lab.ask(created)
    const violation = lab.bodies.twoFaults(lab.likeAccepted)
    return violation === undefined ? undefined : { violation, tried: await lab.tryPost({ body: violation.body }) }
  },
}
