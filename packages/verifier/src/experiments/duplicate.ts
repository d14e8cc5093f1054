import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { keyValueOf } from './key-value-of.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** Two creates with the same natural key, or the reason why they cannot be made. */
export type DuplicateTried =
  | { readonly kind: 'tried'; readonly first: Attempt; readonly second: Attempt; readonly copies: Copies }
  | { readonly kind: 'impossible'; readonly reason: string }

/** Two bodies that agree in the natural key and differ in everything else. */
export const duplicate: Experiment<DuplicateTried> = {
  name: 'create twice with the same natural key',
  async run(lab) {
    await lab.ask(created)
    const naturalKey = lab.operation.creation.policy.naturalKey?.value ?? []
    const body = lab.newBody()
    const values = naturalKey.map((name) => keyValueOf(body, name))
    if (naturalKey.length === 0 || values.includes(undefined)) {
      return impossible(naturalKey)
    }
    const first = await lab.post({ body })
    if (!accepted(first)) return { kind: 'impossible', reason: `the first of two creates answered ${first.status}` }
    const second = await lab.post({ body: lab.newBody({ keep: body }) })
    return { kind: 'tried', first, second, copies: await observedCopies(lab, values, [first, second]) }
  },
}

/** Why no two bodies can have the same natural key. */
export function impossible(naturalKey: readonly string[]): { readonly kind: 'impossible'; readonly reason: string } {
  return { kind: 'impossible', reason: `the bodies that are accepted do not hold ${naturalKey.join(', ')}` }
}
