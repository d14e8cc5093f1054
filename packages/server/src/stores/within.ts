import type { Time } from '../idempotency/time.ts'

/** Waits for a promise, but not longer than `ms`: then rejects with what `late` makes. The promise goes on unheard. */
export function within<T>(time: Time, ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = time.after(ms, () => reject(late()))
    promise.then(
      (value) => {
        cancel()
        resolve(value)
      },
      (error) => {
        cancel()
        reject(error)
      },
    )
  })
}
