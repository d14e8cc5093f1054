import type { Exchange } from '../exchange/exchange.ts'
import { allAnswers, type NamedAnswer } from '../experiments/all-answers.ts'
import type { Ask, Experiment } from '../experiments/experiment.ts'
import type { Lab } from '../experiments/lab.ts'
import { otherMethod } from '../experiments/other-method.ts'
import type { Client } from '../http/client.ts'
import type { Target } from '../target/target.ts'
import { OnlyReads } from './only-reads.ts'
import { readsOf } from './reads-of.ts'

/**
 * Makes of a lab one that only reads: experiments that create are not run, and those that others than creates show
 * find their outcome in reads and in OPTIONS.
 */
export function toReadingLab(lab: Lab, client: Client, target: Target): Lab {
  const memory = new Map<unknown, Promise<unknown>>()
  const { creation } = lab.operation
  const reads = async (): Promise<readonly NamedAnswer[]> => {
    const answers = await readsOf(client, target, creation, lab.parents)
    const isThere = answers.some(({ answer: { response } }) => response.status < 300)
    // Without one that succeeds it may be somebody else who answers there.
    if (!isThere) throw new OnlyReads('no read of it succeeds, so that it is not known who answers there')
    return answers
  }
  const options = async (): Promise<Exchange> => {
    await ask(allAnswers)
    return client.send({ method: 'OPTIONS', url: lab.recipe.url })
  }
  const shown = new Map<unknown, () => Promise<unknown>>([
    [allAnswers, reads],
    [otherMethod, options],
  ])
  const ask: Ask = async <T>(experiment: Experiment<T>): Promise<T> => {
    const running = memory.get(experiment) ?? shown.get(experiment)?.()
    if (running === undefined) throw new OnlyReads()
    memory.set(experiment, running)
    return (await running) as T
  }
  return Object.assign(lab, { ask })
}
