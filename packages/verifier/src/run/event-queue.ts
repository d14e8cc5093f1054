/** Events that are pushed by several workers and taken by one reader. */
export interface EventQueue<T> {
  push(event: T): void
  /** Ends the stream once everything pushed is taken; with an error, the reader gets it last. */
  close(error?: unknown): void
  take(): AsyncGenerator<T, void>
}

/** Makes an empty queue. */
export function createEventQueue<T>(): EventQueue<T> {
  const waiting: T[] = []
  let closed = false
  let failure: { readonly error: unknown } | undefined
  let wake: () => void = () => {}
  return {
    push(event) {
      waiting.push(event)
      wake()
    },
    close(error) {
      closed = true
      if (error !== undefined) failure = { error }
      wake()
    },
    async *take() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift() as T
        if (failure !== undefined) throw failure.error
        if (closed) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
