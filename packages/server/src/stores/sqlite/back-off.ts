import type { Time } from '../../idempotency/time.ts'
import type { StoreWatch } from '../../observe/watch-store.ts'
import { isBusy } from './errors.ts'

// The first look comes soon, since most transactions last about a millisecond; later ones spread out, so that many
// processes on one file do not wake each other.
const FIRST_MS = 1
const LONGEST_MS = 50

/**
 * Tries until the file is free, but not beyond the time `until`. SQLite's own `busy_timeout` would sleep inside the call and
 * stop the event loop; here only this caller waits.
 */
export async function whenFree<T>(
  attempt: () => T,
  options: {
    readonly time: Time
    readonly until: number
    readonly random: () => number
    readonly watch?: StoreWatch | undefined
  },
): Promise<{ readonly kind: 'done'; readonly value: T } | { readonly kind: 'busy' }> {
  for (let ceiling = FIRST_MS; ; ceiling = Math.min(ceiling * 2, LONGEST_MS)) {
    try {
      return { kind: 'done', value: attempt() }
    } catch (error) {
      if (!isBusy(error)) throw error
      if (options.time.now() >= options.until) return { kind: 'busy' }
    }
    options.watch?.retry('busy')
    const ms = ceiling * (0.5 + options.random() / 2)
    await new Promise<void>((resolve) => options.time.after(ms, resolve))
  }
}
