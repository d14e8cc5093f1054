import type { Signal } from '../idempotency/signal.ts'
import type { Time } from '../idempotency/time.ts'

/**
 * Waits for a handler's answer, but not for longer than `answerMs`, and not beyond the moment when a leased store can no
 * longer keep the key: a handler that never answers must not hold a transaction, a key and a client for ever.
 */
export function withinLimits<T>(
  answering: Promise<T>,
  { answerMs, time }: { readonly answerMs: number; readonly time: Time },
  signal: Signal | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = time.after(answerMs, () => end(new Error(`The handler did not answer within ${answerMs} ms.`)))
    const lost = (): void => end(new Error('The key could not be kept until the handler had answered.'))
    const stop = (): void => {
      cancel()
      signal?.removeEventListener('abort', lost)
    }
    const end = (error: Error): void => {
      stop()
      reject(error)
    }
    if (signal?.aborted === true) lost()
    signal?.addEventListener('abort', lost)
    answering.then(
      (answer) => {
        stop()
        resolve(answer)
      },
      (error) => {
        stop()
        reject(error)
      },
    )
  })
}
