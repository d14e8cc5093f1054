import { boundaryBodies } from '../experiments/boundary-bodies.ts'
import { invalidBodies } from '../experiments/invalid-bodies.ts'
import type { Lab } from '../experiments/lab.ts'

/** The name of the body with a fault, or at an edge of the schema, that an exchange of a lab carried. */
export async function focusOf(lab: Lab, exchange: number | undefined): Promise<string | undefined> {
  // Only what was asked for already: a look back must not send anything.
  const [invalid = [], boundary = []] = await Promise.all([lab.known(invalidBodies), lab.known(boundaryBodies)])
  const names = [
    ...invalid.map(({ violation, tried }) => [violation.name, tried.exchange.id] as const),
    ...boundary.map((one) => [one.boundary.name, one.tried.exchange.id] as const),
  ]
  return names.find(([, id]) => id === exchange)?.[0]
}
