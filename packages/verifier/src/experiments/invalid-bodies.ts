import type { Tried } from './attempt.ts'
import type { InvalidBody } from './bodies.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** One violation of the schema with what the target made of it. */
export interface InvalidTried {
  readonly violation: InvalidBody
  readonly tried: Tried
}

/** A body for each rule of the schema that breaks just that rule. */
export const invalidBodies: Experiment<readonly InvalidTried[]> = {
  name: 'send bodies that break one rule of the schema each',
  async run(lab) {
    await lab.ask(created)
    const outcomes: InvalidTried[] = []
    for (const violation of lab.bodies.invalid()) {
      outcomes.push({ violation, tried: await lab.tryPost({ body: violation.body }) })
    }
    return outcomes
  },
}
