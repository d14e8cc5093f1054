import type { Exchange } from '../exchange/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/**
 * PATCH on the creation's URL, which hardly any collection supports. DELETE and PUT are not tried: on an API that
 * supports them without saying so, they would empty or replace the collection.
 */
export const otherMethod: Experiment<Exchange> = {
  name: 'send PATCH to the collection',
  async run(lab) {
    await lab.ask(created)
    const headers = [['Content-Type', 'application/json']] as const
    return await lab.trySend({ method: 'PATCH', url: lab.recipe.url, headers, body: '{}' })
  },
}
