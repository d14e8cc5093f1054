import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { otherPrincipal } from './other-principal.ts'

/** A key of the first principal, used elsewhere; each absent where there is no elsewhere. */
export interface KeyElsewhere {
  readonly first: Attempt
  /** By the second principal, with a body of its own. */
  readonly other?: Attempt
  /** The same once more with a key that nobody used, where that of the first principal was refused. */
  readonly control?: Attempt
  /** By the same principal on another creation, with a valid body of that one. */
  readonly neighbour?: { readonly creation: string; readonly attempt: Attempt }
}

/** Uses one key by two principals, and on two operations. */
export const keyElsewhere: Experiment<KeyElsewhere> = {
  name: 'use a key of another scope',
  async run(lab) {
    await lab.ask(created)
    const key = lab.bodies.key()
    const first = await lab.post({ body: lab.newBody(), key })
    if (!accepted(first)) return { first }
    const principal = await lab.ask(otherPrincipal)
    const other = principal.kind === 'able' ? await lab.post({ body: lab.newBody(), key, as: 'other' }) : undefined
    const control =
      other === undefined || accepted(other)
        ? undefined
        : await lab.post({ body: lab.newBody(), key: lab.bodies.key(), as: 'other' })
    const neighbour = await onNeighbour(lab, key)
    return {
      first,
      ...(other === undefined ? {} : { other }),
      ...(control === undefined ? {} : { control }),
      ...(neighbour === undefined ? {} : { neighbour }),
    }
  },
}

async function onNeighbour(lab: Lab, key: string): Promise<KeyElsewhere['neighbour']> {
  const neighbour = lab.neighbour?.()
  if (neighbour === undefined) return undefined
  const footing = await neighbour.ask(created).catch(() => undefined)
  if (footing === undefined || neighbour.limited) return undefined
  const attempt = await neighbour.post({ body: neighbour.newBody(), key })
  return { creation: neighbour.operation.creation.id, attempt }
}
