import { type Settlement, type Store, StoreUnavailableError } from '@createonce/server'
import type { MaybePromise } from './rows.ts'

// Without a key nothing is recorded; the answer is another one's to make.
const NO_ANSWER = { status: 204, headers: {} }

/** Runs work in a transaction of a store, without a key; throws StoreUnavailableError where it did not get its turn. */
export async function inTransaction<Tx, T>(store: Store<Tx>, work: (tx: Tx) => MaybePromise<T>): Promise<T> {
  const claimed = await store.once<T>(undefined, ({ tx }) => {
    const working = work(tx)
    return working instanceof Promise ? working.then(kept) : kept(working)
  })
  if (claimed.kind === 'executed') return claimed.result
  throw new StoreUnavailableError('The database is busy: too many transactions are waiting for their turn.')
}

function kept<T>(result: T): Settlement<T> {
  return { kind: 'commit', result, answer: NO_ANSWER }
}
