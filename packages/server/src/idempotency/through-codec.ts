import type { RecordCodec } from './record-codec.ts'
import type { Claim, Inserted, LeasedStore, Settlement, Store } from './store.ts'

/**
 * A store as a creation with a codec sees it: answers go in as they are kept, and come out as they are shown. Sealing
 * happens inside the transaction, so that what can't be sealed is rolled back; opening happens before anything is
 * remembered by this process, so that what can't be opened is told each time.
 */
export function throughCodec<Tx, Asked extends Store<Tx> | LeasedStore<Tx>>(
  store: Asked,
  { keep, show }: RecordCodec,
): Asked {
  function kept<Result>(claim: Claim | undefined, settlement: Settlement<Result>): Settlement<Result> {
    if (claim === undefined || settlement.kind === 'roll-back') return settlement
    return { ...settlement, answer: keep(settlement.answer, claim) }
  }

  function shown<Outcome extends Inserted<unknown>>(claim: Claim | undefined, outcome: Outcome): Outcome {
    if (claim === undefined || outcome.kind !== 'recorded') return outcome
    return { ...outcome, answer: show(outcome.answer, claim) }
  }

  const once: Store<Tx>['once'] = async (claim, work) =>
    shown(claim, await store.once(claim, async (session) => kept(claim, await work(session))))
  const insert: Store<Tx>['insert'] =
    store.insert === undefined
      ? undefined
      : async (claim, row, build) =>
          shown(claim, await store.insert!(claim, row, (values) => kept(claim, build(values))))
  // Whatever else it has stays the store's own.
  return Object.assign(Object.create(store), { name: store.name, once, ...(insert !== undefined && { insert }) })
}
