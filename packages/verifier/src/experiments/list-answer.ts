import { type Answer, isAnswer } from '../exchange/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** The answer of the collection to GET, where the document has one and it answers 200. */
export const listAnswer: Experiment<Answer | undefined> = {
  name: 'read the collection as it is',
  async run(lab) {
    await lab.ask(created)
    if (lab.operation.creation.list?.path !== lab.operation.creation.path) return undefined
    const exchange = await lab.trySend({ method: 'GET', url: lab.recipe.url })
    return isAnswer(exchange) && exchange.response.status === 200 ? exchange : undefined
  },
}
