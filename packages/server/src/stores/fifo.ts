import { isPromise, type MaybePromise } from '../idempotency/and-then.ts'

/** What a task came to. */
export type Ran<T> = { readonly kind: 'ran'; readonly value: T } | { readonly kind: 'full' }

/** Runs one task after the other, in the order of arrival, with a bound on how many wait. */
export interface Fifo {
  /** What the task comes to, at once where nobody is ahead and it waits for nothing; or `full` if too many are waiting. */
  run<T>(task: () => MaybePromise<T>): MaybePromise<Ran<T>>
  /** Resolves when everything that is running or waiting has ended. */
  idle(): Promise<void>
}

/** Makes a queue in which at most `limit` tasks wait behind the running one. */
export function createFifo(limit: number): Fifo {
  /** Each begins a task and says what is to be waited for before the next. */
  const waiting: (() => MaybePromise<unknown>)[] = []
  let isBusy = false
  let whenIdle: (() => void)[] = []

  function goOn(): void {
    // A loop, because ten thousand that wait for nothing would be too deep for calls of each other.
    for (let begin = waiting.shift(); begin !== undefined; begin = waiting.shift()) {
      const running = begin()
      if (isPromise(running)) return void running.then(goOn, goOn)
    }
    isBusy = false
    for (const tell of whenIdle) tell()
    whenIdle = []
  }

  function runNow<T>(task: () => MaybePromise<T>): MaybePromise<Ran<T>> {
    isBusy = true
    let running: MaybePromise<T> | undefined
    try {
      running = task()
    } finally {
      // A failed task must not stop those behind it; its error goes to its own caller.
      if (!isPromise(running)) goOn()
    }
    if (!isPromise(running)) return { kind: 'ran', value: running }
    running.then(goOn, goOn)
    return running.then((value) => ({ kind: 'ran', value }))
  }

  function runLater<T>(task: () => MaybePromise<T>): Promise<Ran<T>> {
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          const running = task()
          if (isPromise(running)) running.then((value) => resolve({ kind: 'ran', value }), reject)
          else resolve({ kind: 'ran', value: running })
          return running
        } catch (error) {
          return reject(error)
        }
      })
    })
  }

  return {
    run(task) {
      if (!isBusy) return runNow(task)
      return waiting.length < limit ? runLater(task) : { kind: 'full' }
    },
    idle: () => (isBusy ? new Promise((resolve) => whenIdle.push(resolve)) : Promise.resolve()),
  }
}
