import type { Subject } from './subject.ts'

/** Creations in lanes: those that add to the same collection take turns, for a count must not be moved by a neighbour. */
export function byCollection(subjects: readonly Subject[]): Subject[][] {
  const lanes = new Map<string, Subject[]>()
  for (const one of subjects) {
    const place = one.creation.list?.path ?? one.creation.path
    lanes.set(place, [...(lanes.get(place) ?? []), one])
  }
  return [...lanes.values()]
}
