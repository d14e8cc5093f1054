/** Time as a parameter: tests move it, nothing in the library asks for it behind the caller's back. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back after `ms` milliseconds; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

// A timer of Node that is asked for more fires at once: `holdMs: Infinity` would give up every creation.
const LONGEST_MS = 2_147_483_647

/** The machine's clock. */
export const systemTime: Time = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_MS))
    return () => clearTimeout(timer)
  },
}
