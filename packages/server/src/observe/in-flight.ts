/** The requests that are not answered yet. */
export interface InFlight {
  /** Notes an operation, so that it is told of at 0 too. */
  know(operation: string): void
  /** Notes one; the returned function lets it go. */
  enter(operation: string): () => void
  /** For each operation, how many there are, and for how many seconds the oldest has been running. */
  now(): Iterable<{ readonly operation: string; readonly count: number; readonly oldest: number }>
}

/** Counts them on a clock in milliseconds. */
export function createInFlight(clock: () => number): InFlight {
  const running = new Map<string, Set<{ readonly since: number }>>()
  function of(operation: string): Set<{ readonly since: number }> {
    const known = running.get(operation)
    if (known !== undefined) return known
    const entries = new Set<{ readonly since: number }>()
    running.set(operation, entries)
    return entries
  }
  return {
    know: (operation) => void of(operation),
    enter(operation) {
      const entries = of(operation)
      const entry = { since: clock() }
      entries.add(entry)
      return () => void entries.delete(entry)
    },
    *now() {
      const time = clock()
      for (const [operation, entries] of running) {
        // A set keeps the order of arrival: the first is the oldest.
        const [oldest] = entries
        const age = oldest === undefined ? 0 : Math.max(0, time - oldest.since) / 1_000
        yield { operation, count: entries.size, oldest: age }
      }
    },
  }
}
