/** Runs one task after the other, in the order of arrival, with a bound on how many wait. */
export interface Fifo {
  /** Resolves with what the task resolves with, or at once with `full` if too many are waiting. */
  run<T>(task: () => Promise<T>): Promise<{ readonly kind: 'ran'; readonly value: T } | { readonly kind: 'full' }>
  /** Resolves when everything that is running or waiting has ended. */
  idle(): Promise<void>
}

/** Makes a queue in which at most `limit` tasks wait behind the running one. */
export function createFifo(limit: number): Fifo {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  return {
    run(task) {
      if (waiting > limit) return Promise.resolve({ kind: 'full' })
      waiting += 1
      const ran = last.then(task).finally(() => {
        waiting -= 1
      })
      // A failed task must not stop those behind it; its error goes to its own caller.
      last = ran.catch(() => {})
      return ran.then((value) => ({ kind: 'ran', value }))
    },
    idle: () => last.then(() => {}),
  }
}
