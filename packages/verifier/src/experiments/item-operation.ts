import type { Creation } from '../target/target.ts'
import type { Operation } from './operation.ts'

/** The creation of one item of a batch, as if it were created alone in the same collection. */
export function itemCreation({ batch, ...creation }: Creation): Creation {
  return batch === undefined ? creation : { ...creation, path: batch.collection, body: batch.item }
}

/** The operation of one item of a batch. */
export function itemOperation(operation: Operation): Operation {
  return { ...operation, creation: itemCreation(operation.creation) }
}
