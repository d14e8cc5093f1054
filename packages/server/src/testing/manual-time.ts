import type { Time } from '../idempotency/time.ts'

/** A clock that tests move. Timers fire when the clock passes them, in their order. */
export interface ManualTime extends Time {
  /** Moves the clock; a negative amount is a clock that was set back. */
  move(ms: number): void
}

/** Makes a clock that stands still at `start` milliseconds since the epoch. */
export function manualTime(start = 1_700_000_000_000): ManualTime {
  let now = start
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    move(ms) {
      now += ms
      const due = timers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
      timers = timers.filter((timer) => !due.includes(timer))
      for (const { callback } of due) callback()
    },
  }
}
