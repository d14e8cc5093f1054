import { type Ended, observeCreation } from './observe-creation.ts'
import type { CreationBegun, CreationEnded, Observer } from './observer.ts'

/** Several observers as one, the first one outermost; one that throws does not keep the others from seeing. */
export function observeAll(...observers: readonly Observer[]): Observer {
  function each<T>(all: readonly T[], tell: (one: T) => void): void {
    for (const one of all) {
      try {
        tell(one)
      } catch {
        // The next one is told all the same.
      }
    }
  }

  function from<T>(place: number, begun: CreationBegun, told: readonly Ended[], run: (ended: Ended) => T): T {
    const observer = observers[place]
    // The innermost is told first, as it began last.
    if (observer === undefined) return run((event: CreationEnded) => each(told, (ended) => ended(event)))
    return observeCreation(observer, begun, (ended) =>
      from(place + 1, begun, ended === undefined ? told : [ended, ...told], run),
    )
  }

  return {
    defined: (operation) => each(observers, (observer) => observer.defined?.(operation)),
    creation: (begun, run) => from(0, begun, [], run),
    store: (event) => each(observers, (observer) => observer.store?.(event)),
  }
}
