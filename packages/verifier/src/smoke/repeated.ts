import type { Attempt } from '../experiments/attempt.ts'
import { created } from '../experiments/created.ts'
import type { Experiment } from '../experiments/experiment.ts'

/** The first create again: the same body, with the same key or to the same name, as a client does that got no answer. */
export const repeated: Experiment<Attempt> = {
  name: 'send the first create again',
  async run(lab) {
    const { body, key, name } = await lab.ask(created)
    return await lab.post({ body, ...(key !== undefined && { key }), ...(name !== undefined && { name }) })
  },
}
