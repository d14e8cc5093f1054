import { randomUUID } from 'node:crypto'

const SQL = ['sqlite', 'postgres']
const ALL = [...SQL, 'redis']

/**
 * Faults that the suite has to find, by name. `seed` puts one into a store from outside, so that the sources stay as
 * they are; `attemptKeyOf` puts one into the service.
 */
export const faults = {
  'answers before COMMIT': { stores: ALL, seed: answeringEarly },
  'does not record the key': { stores: SQL, seed: (store) => executing(store, (_claim, run) => run(undefined)) },
  'forgets the key at once': {
    stores: ['redis'],
    seed: (store) => executing(store, (claim, run) => run({ ...claim, retentionMs: 1 })),
  },
  'records the key after COMMIT': { stores: SQL, seed: recordingApart },
  'runs again what is to be blocked': {
    stores: ['redis'],
    seed: (store) => executing(store, (claim, run) => run({ ...claim, onCrash: 'rerun' })),
  },
  'names each attempt anew': { stores: ['redis'], attemptKeyOf: () => randomUUID() },
}

/**
 * Replaces how a store executes a claim, in both ways: `run` does it under a claim, and tells `note` of what the work
 * settled, as a promise or as it is.
 */
function executing(store, change) {
  const noting = (work, note) => (given) => {
    const settled = work(given)
    note?.(settled)
    return settled
  }
  return {
    ...store,
    once: (claim, work) => change(claim, (own, note) => store.once(own, noting(work, note))),
    ...(store.insert !== undefined && {
      insert: (claim, row, build) => change(claim, (own, note) => store.insert(own, row, noting(build, note))),
    }),
  }
}

/** What the store says first (a replay, a key in flight) is the store's answer. */
function answeringEarly(store) {
  return executing(
    store,
    (claim, run) =>
      new Promise((resolve, reject) => {
        const answer = async (settled) => resolve({ kind: 'executed', result: (await settled).result })
        run(claim, (settled) => void answer(settled).catch(reject)).then(resolve, reject)
      }),
  )
}

/** The rows by one transaction, and the record by another one behind it. */
function recordingApart(store) {
  return executing(store, async (claim, run) => {
    const found = await store.once(claim, async () => ({ kind: 'roll-back', result: undefined }))
    if (found.kind !== 'executed') return found
    let settled
    const done = await run(undefined, (settlement) => {
      settled = settlement
    })
    const settlement = await settled
    if (done.kind === 'executed' && settlement?.kind === 'commit') await store.once(claim, async () => settlement)
    return done
  })
}
