import type { Prepared } from './prepare.ts'

/** Creations in lanes: those that add to the same collection take turns, for a count must not be moved by a neighbour. */
export function byCollection(prepared: readonly Prepared[]): Prepared[][] {
  const lanes = new Map<string, Prepared[]>()
  for (const one of prepared) {
    const place = one.creation.list?.path ?? one.creation.path
    lanes.set(place, [...(lanes.get(place) ?? []), one])
  }
  return [...lanes.values()]
}
