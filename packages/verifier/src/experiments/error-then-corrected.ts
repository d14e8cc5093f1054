import type { Attempt } from './attempt.ts'
import { refused } from './attempt.ts'
import type { Experiment } from './experiment.ts'
import { invalidBodies } from './invalid-bodies.ts'

/** A refused request with a key and the corrected one with the same key, or the reason why there is none. */
export type Corrected =
  | { readonly kind: 'tried'; readonly refusal: Attempt; readonly corrected: Attempt }
  | { readonly kind: 'impossible'; readonly reason: string }

/** An invalid body with a key, then a valid one with the same key. */
export const errorThenCorrected: Experiment<Corrected> = {
  name: 'correct a refused request under the same key',
  async run(lab) {
    const outcomes = await lab.ask(invalidBodies)
    const known = outcomes.find(({ tried }) => tried.kind === 'answered' && refused(tried.attempt))
    if (known === undefined) return { kind: 'impossible', reason: 'no invalid body was refused' }
    const key = lab.bodies.key()
    const refusal = await lab.post({ body: known.violation.body, key })
    if (!refused(refusal))
      return { kind: 'impossible', reason: `the invalid body answered ${refusal.status} with a key` }
    return { kind: 'tried', refusal, corrected: await lab.post({ body: lab.newBody(), key }) }
  },
}
