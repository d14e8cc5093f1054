import type { MaybePromise } from './rows.ts'

/**
 * Goes on with a value: at once, or when it is there. SQLite answers at once, and a creation that waits for nothing shares
 * one turn of the event loop, and one commit, with those beside it.
 */
export function andThen<T, Next>(value: MaybePromise<T>, next: (value: T) => MaybePromise<Next>): MaybePromise<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}
