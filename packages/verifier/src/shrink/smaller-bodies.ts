import type { Bodies } from '../experiments/bodies.ts'
import { pointerStep } from '../generate/pointer.ts'
import { compileSchema } from '../target/compile-schema.ts'
import { naturalKeyOf } from '../target/find-natural-key.ts'
import type { Creation } from '../target/target.ts'
import { type Reduction, reduced, reductionsOf } from './reductions.ts'

/** How the bodies of a lab are to be smaller. */
export interface Constraint {
  readonly reductions: readonly Reduction[]
  /** Of the bodies with a fault, and of those at an edge of the schema, only the one of this name. Without it, all of the former and none of the latter. */
  readonly only?: string
}

/** The bodies of a lab, made smaller. What identifies a resource stays: two without it are no duplicates. */
export function smallerBodies(bodies: Bodies, creation: Creation, { reductions, only }: Constraint): Bodies {
  const faults = faultsOf(creation)
  const key = naturalKeyOf(creation).map(toPointer)
  const cut = (body: unknown, given: readonly string[] = []): unknown =>
    reduced(body, reductions, [...key, ...given], faults)
  const around = <T extends { readonly name: string; readonly pointer: string; readonly body: unknown }>(
    all: readonly T[],
  ): T[] =>
    all
      .filter(({ name }) => only === undefined || name === only)
      .map((one) => ({ ...one, body: cut(one.body, [one.pointer]) }))
  return {
    ...bodies,
    valid: (options) => cut(bodies.valid(options), Object.keys(options?.with ?? {}).map(toPointer)),
    like: (example, keep) => cut(bodies.like(example, keep)),
    invalid: () => around(bodies.invalid()),
    twoFaults: () => {
      const both = bodies.twoFaults()
      return both && { ...both, body: cut(both.body, both.pointers) }
    },
    // They are many, and a finding that is about none of them does not need them.
    boundary: () => (only === undefined ? [] : around(bodies.boundary())),
  }
}

/** How a valid body of a creation could be smaller; `given` are the members that a caller has to set. */
export function waysToShrink(body: unknown, creation: Creation, given: readonly string[]): readonly Reduction[] {
  const spared = [...naturalKeyOf(creation), ...given].map(toPointer)
  return reductionsOf(body, spared, faultsOf(creation))
}

function faultsOf({ body: declared }: Creation): (body: unknown) => string {
  const judge = compileSchema(declared?.schema ?? {})
  return (body) =>
    judge
      .faults(body)
      .map(({ pointer, rule }) => `${pointer} ${rule}`)
      .join('\n')
}

function toPointer(name: string): string {
  return name.startsWith('/') ? name : name.split('.').map(pointerStep).join('')
}
