import { type CompleteErasure, completeErasure, type Erasure } from '../idempotency/erasure.ts'
import type { Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'

/** Deletes the records of a principal batch by batch, and says of each how many there were. */
export type EraseInBatches = (erasure: CompleteErasure) => AsyncIterable<number>

/** What a store offers of it. */
export type Eraser = Required<Pick<Store<unknown>, 'erase' | 'erasures'>>

/** Makes it over a store's own way to delete. */
export function createEraser(eraseInBatches: EraseInBatches): Eraser {
  let erasures = 0
  return {
    get erasures() {
      return erasures
    },
    async erase(erasure: Erasure) {
      const complete = completeErasure(erasure)
      let erased = 0
      try {
        for await (const count of eraseInBatches(complete)) erased += count
      } catch (cause) {
        const why = (cause as Error).message.replace(/\.$/, '')
        throw new StoreUnavailableError(
          `Erasing was broken off: ${why}. Records erased so far: ${erased}. Others may be left: call erase() again.`,
          { cause },
        )
      } finally {
        // Only now: what a process remembers while batches are still deleted would be remembered from before.
        erasures += 1
      }
      return erased
    },
  }
}
