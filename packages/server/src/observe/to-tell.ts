import type { Observer } from './observer.ts'
import type { TellStore } from './store-event.ts'

/** How a store tells its observer; `undefined` where nobody listens, so that nothing is measured for nobody. */
export function toTell(observer: Observer | undefined): TellStore | undefined {
  if (observer?.store === undefined) return undefined
  return (event) => {
    try {
      observer.store!(event)
    } catch {
      // Telling comes after a commit, or in the middle of a transaction: neither may fail because of it.
    }
  }
}
