import type { Surroundings } from './probe.ts'

const kept = new WeakMap<Surroundings, Map<string, unknown>>()

/** What several probes of one examination look at is looked at once. */
export function shared<T>(surroundings: Surroundings, name: string, look: () => T): T {
  const looks = kept.get(surroundings) ?? new Map<string, unknown>()
  kept.set(surroundings, looks)
  if (!looks.has(name)) looks.set(name, look())
  return looks.get(name) as T
}
