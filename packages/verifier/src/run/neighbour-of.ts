import type { Lab } from '../experiments/lab.ts'
import { takesKeys } from '../experiments/takes-keys.ts'
import type { LabFactory } from './lab-factory.ts'
import type { Prepared } from './prepare.ts'

/** A lab for another creation than the given one, rather for one that takes keys; undefined when there is none. */
export function neighbourOf(own: Prepared, prepared: readonly Prepared[], labFor: LabFactory): Lab | undefined {
  const others = prepared.filter(
    (one) => one !== own && one.creation.method === 'POST' && one.creation.batch === undefined,
  )
  for (const { creation, surroundings } of others.sort((one, other) => rank(other) - rank(one))) {
    if (surroundings.kind === 'impossible') continue
    const lab = labFor(creation, surroundings, `neighbour of ${own.creation.id}`)
    if (typeof lab !== 'string') return lab
  }
  return undefined
}

function rank({ creation }: Prepared): number {
  return takesKeys({ creation }) ? 1 : 0
}
