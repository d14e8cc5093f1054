import { baseUrlOf } from '../target/base-url-of.ts'
import { fillPath } from './fill-path.ts'
import type { Ledger } from './ledger.ts'
import type { Operation } from './operation.ts'
import { identifierOf, unwrap } from './resource.ts'

/**
 * Writes down an item of the collection that only its content shows to be ours, so that it is deleted too.
 *
 * @param name - what a PUT named it, so that nothing has to be read off it.
 */
export function recordFound(
  item: unknown,
  exchange: number,
  { creation, target }: Operation,
  parents: Readonly<Record<string, string>>,
  ledger: Ledger,
  name?: string,
): void {
  const resource = unwrap(item, creation)
  const id = name ?? (resource === undefined ? undefined : identifierOf(resource, creation)?.value)
  const { remove } = creation
  // A dot segment would delete something above.
  if (remove === undefined || id === undefined || /^\.{1,2}$/.test(id)) return
  const place = fillPath(remove.path, { ...parents, [remove.idParameter]: id }, remove.parameters)
  if (place.kind !== 'filled') return
  const url = baseUrlOf(target, remove) + place.path
  ledger.add({ creation: creation.id, depth: creation.parents.length, exchange, removable: true, url })
}
