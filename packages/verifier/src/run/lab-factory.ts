import type { HeaderLine } from '../exchange/exchange.ts'
import { createLab } from '../experiments/create-lab.ts'
import { fillPath } from '../experiments/fill-path.ts'
import type { Lab } from '../experiments/lab.ts'
import type { LabOptions } from '../experiments/lab-options.ts'
import { principalsOf } from '../experiments/principals.ts'
import { requiredQuery } from '../experiments/required-parameters.ts'
import { createFresh } from '../generate/fresh.ts'
import type { Allowance } from '../shrink/allowance.ts'
import { type Constraint, smallerBodies } from '../shrink/smaller-bodies.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import { nameParameterOf } from '../target/own-id.ts'
import type { Creation, Target } from '../target/target.ts'
import { bodiesOf } from './bodies-of.ts'
import type { ReadySurroundings } from './nursery.ts'

/** What all labs of a run share. */
export interface LabFactoryOptions
  extends Pick<LabOptions, 'client' | 'ledger' | 'races' | 'concurrency' | 'sleep' | 'power' | 'hostile'> {
  readonly target: Target
  readonly seed: number
  /** Keeps two runs with one seed from colliding over what the first one left in the target. */
  readonly salt: string
  readonly headers: readonly HeaderLine[]
  readonly otherHeaders: readonly HeaderLine[]
}

/** How a lab with smaller bodies is made, and what it may use. */
export interface Smaller {
  readonly constraint: Constraint
  readonly allowance: Allowance
}

/** Makes a lab for a creation, with data that no other purpose has; or says why there can be none. */
export type LabFactory = (
  creation: Creation,
  surroundings: ReadySurroundings,
  purpose: string,
  neighbour?: () => Lab | undefined,
  smaller?: Smaller,
) => Lab | string

/** Makes the labs of one run. */
export function createLabFactory({
  target,
  seed,
  salt,
  headers,
  otherHeaders,
  ...shared
}: LabFactoryOptions): LabFactory {
  return (creation, { parents, references }, purpose, neighbour, smaller) => {
    const named = nameParameterOf(creation)?.name
    // The name of what a PUT creates is filled in each time; its place is held by a sign that needs no encoding.
    const held = named === undefined ? {} : { [named]: '~~name~~' }
    const filled = fillPath(creation.path, { ...parents, ...held }, creation.parameters)
    if (filled.kind === 'unknown') return `nothing is known for the parameter ${filled.parameter} of ${creation.path}`
    const url = baseUrlOf(target, creation) + filled.path + requiredQuery(creation.parameters)
    const place = target.creations.findIndex(({ id }) => id === creation.id)
    const fresh = createFresh(`${seed}-${place}-${purpose}`, { salt })
    const bodies = bodiesOf(creation, fresh)
    return createLab({
      ...shared,
      ...(smaller === undefined ? {} : { client: smaller.allowance.client, sleep: smaller.allowance.sleep }),
      operation: { creation, target, schemaIsGuess: isFromExample(target) },
      bodies: smaller === undefined ? bodies : smallerBodies(bodies, creation, smaller.constraint),
      parents,
      references,
      principals: principalsOf(headers, otherHeaders, creation.security),
      ...(neighbour === undefined ? {} : { neighbour }),
      url,
      ...(named === undefined
        ? {}
        : { urlOfName: (name: string) => url.replace('~~name~~', () => encodeURIComponent(name)) }),
    })
  }
}

/** Tells whether a target was understood from one example request instead of a document. */
export function isFromExample(target: Target): boolean {
  return target.document.version === 'example'
}
