import { type Attempt, accepted, type Tried } from './attempt.ts'
import { created } from './created.ts'
import { impossible } from './duplicate.ts'
import type { Experiment } from './experiment.ts'
import { keyValueOf } from './key-value-of.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** One race, with what exists afterwards. */
export interface Race {
  readonly lanes: readonly Tried[]
  /** The answers among the lanes. */
  readonly attempts: readonly Attempt[]
  readonly copies: Copies
}

/** A race of duplicates, or the reason why there can be none. */
export type DuplicateRace = ({ readonly kind: 'run' } & Race) | { readonly kind: 'impossible'; readonly reason: string }

/** The same body at the same moment over a connection each; every one with a key of its own where keys are needed. */
export const raceDuplicates: Experiment<DuplicateRace> = {
  name: 'race the same natural key',
  async run(lab) {
    await lab.ask(created)
    const naturalKey = lab.operation.creation.policy.naturalKey?.value ?? []
    const body = lab.newBody()
    // An optional member that no body holds makes no two of them the same one.
    if (naturalKey.some((name) => keyValueOf(body, name) === undefined)) return impossible(naturalKey)
    const lanes = await lab.racePosts(Array.from({ length: lab.races }, () => ({ body })))
    const attempts = answered(lanes)
    const winners = attempts.filter(accepted)
    const copies: Copies =
      winners.length > 0 ? await observedCopies(lab, body, winners) : { kind: 'blind', reason: 'nobody won the race' }
    return { kind: 'run', lanes, attempts, copies }
  },
}

/** The answered lanes of a race. */
export function answered(lanes: readonly Tried[]): Attempt[] {
  return lanes.flatMap((lane) => (lane.kind === 'answered' ? [lane.attempt] : []))
}
