import type { CreationBegun, CreationEnded, Observer } from './observer.ts'

/** Tells how a request ended. */
export type Ended = (event: CreationEnded) => void

/** Runs a request under an observer. Whatever the observer does, the request runs once, and its result is returned. */
export function observeCreation<T>(observer: Observer, begun: CreationBegun, run: (ended: Ended | undefined) => T): T {
  if (observer.creation === undefined) return run(undefined)
  let ran: { readonly value: T } | undefined
  try {
    observer.creation(begun, (ended) => {
      ran ??= { value: run(ended) }
      return ran.value
    })
  } catch {
    // What is watched must not suffer from being watched.
  }
  return ran === undefined ? run(undefined) : ran.value
}
