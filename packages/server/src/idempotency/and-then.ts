/** A value, or the promise of one where something has to be waited for. */
export type MaybePromise<T> = T | Promise<T>

/** Whether a value has to be waited for; told by its `then`, as `await` does: a query builder is a thenable, and no Promise. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function'
}

/**
 * Goes on with a value: at once, or when it is there. Most creations wait for nothing but the store, and a promise that
 * is not made spares objects and a turn of the microtask queue; a dozen of them cost as much as reading the request.
 */
export function andThen<T, Next>(value: MaybePromise<T>, next: (value: T) => MaybePromise<Next>): MaybePromise<Next> {
  // A thenable need not take two handlers or answer a promise of its own; what `await` would do with it is resolve it.
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value)
}
