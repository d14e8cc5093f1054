import type { Exchange } from '../exchange/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** What OPTIONS on the creation's URL answers. */
export const optionsAnswer: Experiment<Exchange> = {
  name: 'send OPTIONS to the collection',
  async run(lab) {
    await lab.ask(created)
    return await lab.trySend({ method: 'OPTIONS', url: lab.recipe.url })
  },
}
