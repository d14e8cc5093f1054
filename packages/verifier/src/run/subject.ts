import type { Lab } from '../experiments/lab.ts'
import type { Creation } from '../target/target.ts'
import type { LabFactory, Smaller } from './lab-factory.ts'
import type { Prepared } from './prepare.ts'

/** A creation that is judged, with its labs: a round has one lab, whoever asks for it. */
export interface Subject {
  readonly creation: Creation
  /** The lab of a round, or the reason why there can be none. */
  readonly labOf: (round: number) => Lab | string
  /** A fresh lab with smaller bodies, within the allowance of what shrinks findings. */
  readonly smallerLab: (smaller: Smaller, purpose: string) => Lab | string
  /** Lets go of the labs, with all that they remember; returns them. */
  readonly release: () => readonly Lab[]
}

/** Makes the labs of a creation when they are first asked for. */
export function toSubject(
  { creation, surroundings }: Prepared,
  labFor: LabFactory,
  neighbour: () => Lab | undefined,
): Subject {
  const labs = new Map<number, Lab | string>()
  return {
    creation,
    labOf(round) {
      if (surroundings.kind === 'impossible') return surroundings.reason
      const lab = labs.get(round) ?? labFor(creation, surroundings, String(round), neighbour)
      labs.set(round, lab)
      return lab
    },
    smallerLab: (smaller, purpose) =>
      surroundings.kind === 'impossible'
        ? surroundings.reason
        : labFor(creation, surroundings, purpose, neighbour, smaller),
    release() {
      const all = [...labs.values()].filter((lab) => typeof lab !== 'string')
      labs.clear()
      return all
    },
  }
}
