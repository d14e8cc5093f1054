import type { CreationBegun, CreationEnded, Observer } from './observer.ts'

/** Several observers as one; one that throws does not keep the others from seeing. */
export function observeAll(...observers: readonly Observer[]): Observer {
  function from<T>(place: number, begun: CreationBegun, run: (ended: (event: CreationEnded) => void) => T): T {
    const observer = observers[place]
    if (observer === undefined) return run(() => {})
    if (observer.creation === undefined) return from(place + 1, begun, run)
    return observer.creation(begun, (ended) =>
      from(place + 1, begun, (others) =>
        run((event) => {
          try {
            ended(event)
          } finally {
            others(event)
          }
        }),
      ),
    )
  }
  return {
    creation: (begun, run) => from(0, begun, run),
    store(event) {
      for (const observer of observers) {
        try {
          observer.store?.(event)
        } catch {
          // The next one is told all the same.
        }
      }
    },
  }
}
