import { type Attempt, accepted, type Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { answered } from './race-duplicates.ts'
import { type ReadBack, readBack } from './read-back.ts'

/** A race of different creates, each winner with what its own URL shows. */
export interface DistinctRace {
  readonly lanes: readonly Tried[]
  readonly attempts: readonly Attempt[]
  readonly reads: readonly { readonly attempt: Attempt; readonly read: ReadBack }[]
  /** Those that answered with success, were not there, and are still not there a second later. */
  readonly lost: readonly { readonly attempt: Attempt; readonly read: ReadBack }[]
}

// As long as a Location is waited for.
const oneSecond = 1000

/** Different valid bodies at the same moment over a connection each. */
export const raceDistinct: Experiment<DistinctRace> = {
  name: 'race different creates',
  async run(lab) {
    await lab.ask(created)
    const lanes = await lab.racePosts(Array.from({ length: lab.races }, () => ({ body: lab.newBody() })))
    const attempts = answered(lanes)
    const winners = attempts.filter(accepted)
    const reads = await Promise.all(winners.map(async (attempt) => ({ attempt, read: await readBack(lab, attempt) })))
    const missing = reads.filter(({ read }) => read.kind === 'missing')
    if (missing.length > 0) await lab.sleep(oneSecond)
    const again = await Promise.all(
      missing.map(async ({ attempt }) => ({ attempt, read: await readBack(lab, attempt) })),
    )
    return { lanes, attempts, reads, lost: again.filter(({ read }) => read.kind === 'missing') }
  },
}
