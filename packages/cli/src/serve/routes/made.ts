import type { Resource } from '../plan/resource.ts'
import type { Place, Row } from '../rows/rows.ts'
import { locationOf } from './location-of.ts'

/** A resource as routes hand it on: its row, and where it lies. */
export interface Made {
  readonly row: Row
  readonly place: Place
  /** Its path, without the address of the service. */
  readonly location: string
}

/** Tells where a row is. */
export function toMade(resource: Resource, place: Place, row: Row): Made {
  return { row, place, location: locationOf(resource.itemPath, place.parents, row.id) }
}
