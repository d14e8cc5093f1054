import type { Tried } from './attempt.ts'
import type { InvalidBody } from './bodies.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { inBatches } from './in-batches.ts'

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
    return await inBatches(lab.bodies.invalid(lab.likeAccepted), lab.concurrency, async (violation) => {
      return { violation, tried: await lab.tryPost({ body: violation.body }) }
    })
  },
}
