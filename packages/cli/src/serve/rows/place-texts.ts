import { keptJson } from './kept-json.ts'
import { keptText } from './kept-text.ts'
import type { Place } from './rows.ts'

const NO_PARENTS = '[]'

/** The owner as its column has it. */
export function ownerText({ owner }: Place): string {
  return keptText(owner)
}

/** The ids of the parents as their column has them: a JSON array. */
export function parentsText({ parents }: Place): string {
  return parents.length === 0 ? NO_PARENTS : keptJson(JSON.stringify(parents))
}

/** Which values of that column lie below one resource: `exact`, and what is at least `from` and less than `to`. */
export interface Below {
  readonly exact: string
  readonly from: string
  readonly to: string
}

/** What lies below a resource, at any depth. */
export function belowOf(place: Place, id: string): Below {
  const exact = parentsText({ ...place, parents: [...place.parents, id] })
  const open = exact.slice(0, -1)
  // A further parent comes behind a comma; `-` is the character that follows the comma where bytes are compared.
  return { exact, from: `${open},`, to: `${open}-` }
}
