import type { ParentAt } from '../plan/parents-of.ts'
import type { Resource } from '../plan/resource.ts'
import { andThen } from '../rows/and-then.ts'
import type { MaybePromise, Place } from '../rows/rows.ts'

/** Looks for a resource: inside a transaction, or among what is committed. */
export type Look = (resource: Resource, place: Place, id: string) => MaybePromise<unknown>

/** The first parent of a path that is not there, in words; undefined where all are. */
export function missingParent(
  parents: readonly ParentAt[],
  values: readonly string[],
  ownerOf: (resource: Resource) => string,
  resources: ReadonlyMap<string, Resource>,
  look: Look,
): MaybePromise<string | undefined> {
  const [first, ...others] = parents
  if (first === undefined) return undefined
  const goOn = () => missingParent(others, values, ownerOf, resources, look)
  const resource = resources.get(first.resource)!
  const depth = resource.parents.length
  // What lies below other parents than those of this path cannot be told from it.
  if (depth !== 0 && depth !== first.index) return goOn()
  const found = look(resource, { owner: ownerOf(resource), parents: values.slice(0, depth) }, values[first.index]!)
  return andThen(found, (row) => (row === undefined ? resource.noun : goOn()))
}
