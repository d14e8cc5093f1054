/** Time as a parameter: tests move it, nothing in the library asks for it behind the caller's back. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back after `ms` milliseconds; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

/** The machine's clock. */
export const systemTime: Time = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
