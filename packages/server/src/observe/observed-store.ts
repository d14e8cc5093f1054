import type { LeasedStore, Store } from '../idempotency/store.ts'
import type { StoreResult, TellStore } from './store-event.ts'

/** A store whose answers are timed for a creation. The store itself stays as it is: others may use it unwatched. */
export function observedStore<Tx, Watched extends Store<Tx> | LeasedStore<Tx>>(
  store: Watched,
  operation: string,
  tell: TellStore,
): Watched {
  const { name } = store
  async function timed<T extends { readonly kind: StoreResult }>(
    call: 'once' | 'insert',
    ask: () => Promise<T>,
  ): Promise<T> {
    const begunAt = performance.now()
    let result: StoreResult = 'failed'
    try {
      const answer = await ask()
      result = answer.kind
      return answer
    } finally {
      tell({ kind: 'call', store: name, operation, call, result, durationMs: performance.now() - begunAt })
    }
  }
  const watched: Pick<Store<Tx>, 'once' | 'insert'> = {
    once: (claim, work) => timed('once', () => store.once(claim, work)),
  }
  if (store.insert !== undefined) {
    const inserting = store as Store<Tx>
    watched.insert = (claim, row, build) => timed('insert', () => inserting.insert!(claim, row, build))
  }
  return Object.assign(Object.create(store) as Watched, watched)
}
