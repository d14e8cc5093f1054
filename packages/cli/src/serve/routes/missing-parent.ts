import type { ParentAt } from '../plan/parents-of.ts'
import type { Resource } from '../plan/resource.ts'
import type { MaybePromise, Place } from '../rows/rows.ts'

/** Looks for a resource: inside a transaction, or among what is committed. */
export type Look = (resource: Resource, place: Place, id: string) => MaybePromise<unknown>

/** The first parent of a path that is not there, in words; undefined where all are. */
export async function missingParent(
  parents: readonly ParentAt[],
  values: readonly string[],
  ownerOf: (resource: Resource) => string,
  resources: ReadonlyMap<string, Resource>,
  look: Look,
): Promise<string | undefined> {
  for (const { index, resource: key } of parents) {
    const resource = resources.get(key)!
    const depth = resource.parents.length
    // What lies below other parents than those of this path cannot be told from it.
    if (depth !== 0 && depth !== index) continue
    const found = await look(resource, { owner: ownerOf(resource), parents: values.slice(0, depth) }, values[index]!)
    if (found === undefined) return resource.noun
  }
  return undefined
}
