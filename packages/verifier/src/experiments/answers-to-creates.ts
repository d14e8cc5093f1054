import { allAnswers, type NamedAnswer } from './all-answers.ts'
import type { Experiment } from './experiment.ts'

/** The answers to requests of this operation itself: not to reads, and not to other methods of its path. */
export const answersToCreates: Experiment<readonly NamedAnswer[]> = {
  name: 'collect the answers to creates',
  async run(lab) {
    const all = await lab.ask(allAnswers)
    return all.filter(({ answer }) => answer.request.method === lab.operation.creation.method)
  },
}
