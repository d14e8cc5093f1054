import { pathShape } from '@createonce/verifier/document'
import type { Resource } from '../plan/resource.ts'
import type { Place } from '../rows/rows.ts'

/** Where a request's path lies among the places of a resource. */
export interface Placed {
  readonly place: Place
  /**
   * What the path says and the item's path does not: of `POST /publishers/{publisherId}/books`, whose books are read at
   * `/books/{bookId}`, the publisher. Kept as members, by the names of the parameters.
   */
  readonly members: Readonly<Record<string, string>>
}

/**
 * Finds the place by the values of a path's parameters, in their order; those that name the resource itself are left
 * out by the caller.
 */
export function placeOf(template: string, values: readonly string[], resource: Resource, owner: string): Placed {
  const depth = resource.parents.length
  if (values.length === depth) return { place: { owner, parents: values }, members: {} }
  const { parameters } = pathShape(template)
  const members = Object.fromEntries(values.slice(depth).map((value, index) => [parameters[depth + index]!, value]))
  return { place: { owner, parents: values.slice(0, depth) }, members }
}
