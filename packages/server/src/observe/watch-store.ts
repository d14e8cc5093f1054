import type { Observer } from './observer.ts'
import type { RetryReason } from './store-event.ts'
import { toTell } from './to-tell.ts'

/** What a store tells of itself. */
export interface StoreWatch {
  /** A commit made so many creations durable. */
  commit(size: number): void
  /** Something is tried again. */
  retry(reason: RetryReason): void
  /** Runs a purge, and tells what it came to. */
  purge(run: () => Promise<number>): Promise<number>
}

/** Makes it; `undefined` where nobody listens. */
export function watchStore(observer: Observer | undefined, store: string): StoreWatch | undefined {
  const tell = toTell(observer)
  if (tell === undefined) return undefined
  return {
    commit: (size) => tell({ kind: 'commit', store, size }),
    retry: (reason) => tell({ kind: 'retry', store, reason }),
    async purge(run) {
      const begunAt = performance.now()
      const records = await run()
      tell({ kind: 'purge', store, records, durationMs: performance.now() - begunAt })
      return records
    },
  }
}
