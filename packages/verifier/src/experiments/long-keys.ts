import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A key of some length, with what the target made of it. */
export interface LongKey {
  readonly length: number
  readonly attempt: Attempt
}

/** Keys of growing length, and two long ones that only differ at their end. */
export interface LongKeys {
  readonly keys: readonly LongKey[]
  /** Two requests with different bodies, under keys that agree in all but their last character. */
  readonly twins?: { readonly length: number; readonly first: Attempt; readonly second: Attempt }
}

// A UUID; what a client with a prefix of its own sends; the bound of most vendors; one more; and far more than any key needs, below the usual limit of a header line.
const lengths = [36, 100, 255, 256, 5000]

/** Creates under keys of growing length. */
export const longKeys: Experiment<LongKeys> = {
  name: 'create under long keys',
  async run(lab) {
    await lab.ask(created)
    const keyOf = (length: number) => lab.bodies.key().padEnd(length, 'x').slice(0, length)
    const keys: LongKey[] = []
    for (const length of lengths)
      keys.push({ length, attempt: await lab.post({ body: lab.newBody(), key: keyOf(length) }) })
    const longest = keys.findLast(({ attempt, length }) => length > 36 && accepted(attempt))?.length
    if (longest === undefined) return { keys }
    const stem = keyOf(longest - 1)
    const first = await lab.post({ body: lab.newBody(), key: `${stem}1` })
    const second = await lab.post({ body: lab.newBody(), key: `${stem}2` })
    return { keys, twins: { length: longest, first, second } }
  },
}
