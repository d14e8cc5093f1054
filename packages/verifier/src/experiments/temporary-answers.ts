import type { Answer } from '../exchange/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** What the target has said so far about coming back later. It is asked for after all others, and sends nothing of its own. */
export const temporaryAnswers: Experiment<readonly Answer[]> = {
  name: 'look at the answers that told to come back later',
  async run(lab) {
    await lab.ask(created)
    return [...lab.temporary]
  },
}
