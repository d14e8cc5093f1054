import type { Time } from '../../../idempotency/time.ts'

/** Claims whose rows have broken a batch lately. */
export interface Quarantine {
  has(id: string): boolean
  add(id: string): void
}

// A client that gets an error comes back within seconds, some with an exponential pause; who comes later may break
// another batch.
const KEPT_MS = 60_000

// A few hundred kilobytes at most. With more offenders than this, most batches are broken by somebody new anyway.
const MOST = 4_096

/**
 * Makes an empty one. A row that had to be found by halving a batch costs its neighbours a handful of statements; clients
 * retry what failed under the same key, and the same row must not cost them that again.
 */
export function createQuarantine(time: Time): Quarantine {
  const until = new Map<string, number>()
  return {
    has(id) {
      const end = until.get(id)
      if (end === undefined) return false
      if (end > time.now()) return true
      until.delete(id)
      return false
    },
    add(id) {
      if (until.size >= MOST) until.clear()
      until.set(id, time.now() + KEPT_MS)
    },
  }
}
