import { type Answer, isAnswer } from '../exchange/exchange.ts'
import type { Attempt } from './attempt.ts'
import { accepted } from './attempt.ts'
import type { Experiment } from './experiment.ts'
import { listAnswer } from './list-answer.ts'
import { replay } from './replay.ts'
import { keyHeaderName } from './required-parameters.ts'

/** GET on the collection with a key under which a create is recorded, beside the same without. */
export interface KeyedRead {
  readonly create: Attempt
  readonly plain: Answer
  readonly keyed: Answer
}

/** Reads the collection with a known key; undefined where it cannot be read, or no create with a key is accepted. */
export const keyedRead: Experiment<KeyedRead | undefined> = {
  name: 'read the collection with a known key',
  async run(lab) {
    const { first: create } = await lab.ask(replay)
    const plain = await lab.ask(listAnswer)
    if (!accepted(create) || create.key === undefined || plain === undefined) return undefined
    const line = lab.recipe.keyStyle === 'quoted' ? `"${create.key}"` : create.key
    const headers = [[keyHeaderName(lab.operation.creation), line]] as const
    const keyed = await lab.trySend({ method: 'GET', url: plain.request.url, headers })
    return isAnswer(keyed) ? { create, plain, keyed } : undefined
  },
}
