import { andThen, isPromise, type MaybePromise } from '../idempotency/and-then.ts'
import { scopesOf } from '../idempotency/scope.ts'
import type { Attempted, Claim, Claimed, RecordedAnswer, Session, Settlement, Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import { createEraser } from './create-eraser.ts'
import { createFifo } from './fifo.ts'
import { createMemoryTables, type MemoryTables, type MemoryTransaction } from './memory-tables.ts'
import { UniqueViolationError } from './unique-violation-error.ts'

export type { MemoryRow, MemoryTransaction } from './memory-tables.ts'
export { UniqueViolationError } from './unique-violation-error.ts'

/** A store in the memory of this process, with the tables for the author's rows. */
export interface MemoryStore extends Store<MemoryTransaction> {
  /** What is committed. */
  readonly read: MemoryTables['committed']
  /** A transaction of the author's own, in turn with the creations. */
  write<T>(work: (tx: MemoryTransaction) => T | Promise<T>): Promise<T>
}

interface Remembered {
  readonly fingerprint: string
  readonly answer: RecordedAnswer
  readonly expiresAt: number
}

/**
 * Keeps keys and rows in memory, for tests and demonstrations only: they are gone with the process, and another
 * process knows nothing of them, so a retry after a restart creates again.
 *
 * @example
 * const store = memoryStore()
 */
export function memoryStore(options: { readonly time?: Time; readonly maxWaiting?: number } = {}): MemoryStore {
  const { time = systemTime, maxWaiting = 10_000 } = options
  const records = new Map<string, Remembered>()
  const tables = createMemoryTables()
  // One transaction at a time: concurrent ones would not see each other's unique values.
  const writer = createFifo(maxWaiting)
  let isClosed = false
  const eraser = createEraser(async function* ({ principal }) {
    if (isClosed) throw new StoreUnavailableError('The store is closed.')
    const scopes = scopesOf(principal)
    for (const id of records.keys()) if (id.startsWith(scopes) && records.delete(id)) yield 1
  })

  function transact<Result>(
    claim: Claim | undefined,
    id: string | undefined,
    work: (session: Session<MemoryTransaction>) => MaybePromise<Settlement<Result>>,
  ): MaybePromise<Claimed<Result>> {
    const found = id === undefined ? undefined : records.get(id)
    if (found !== undefined && found.expiresAt > time.now()) return { kind: 'recorded', ...found }

    const tx = tables.begin()
    const settle = (settlement: Settlement<Result>): Claimed<Result> => {
      tx.end()
      if (settlement.kind === 'commit') {
        tx.apply()
        if (claim !== undefined && id !== undefined) keep(id, claim, settlement.answer)
      }
      return { kind: 'executed', result: settlement.result }
    }
    const fail = (error: unknown): never => {
      tx.end()
      throw error
    }
    let working: MaybePromise<Settlement<Result>>
    try {
      working = work({ tx, attempt: (step) => attempt(tx.mark(), step) })
    } catch (error) {
      return fail(error)
    }
    return isPromise(working) ? working.then(settle, fail) : settle(working)
  }

  function keep(id: string, { fingerprint, retentionMs }: Claim, answer: RecordedAnswer): void {
    records.set(id, { fingerprint, answer, expiresAt: time.now() + retentionMs })
  }

  function once<Result>(
    claim: Claim | undefined,
    work: (session: Session<MemoryTransaction>) => MaybePromise<Settlement<Result>>,
  ): Promise<Claimed<Result>> {
    if (isClosed) return Promise.reject(new StoreUnavailableError('The store is closed.'))
    const id = claim && `${claim.scope}\n${claim.key}`
    try {
      const ran = andThen(
        writer.run(() => transact(claim, id, work)),
        (outcome): Claimed<Result> =>
          outcome.kind === 'ran' ? outcome.value : { kind: 'overloaded', retryAfterMs: 1_000 },
      )
      return Promise.resolve(ran)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  return {
    name: 'memory',
    read: tables.committed,
    once,
    async write(work) {
      const claimed = await once(undefined, async ({ tx }) => ({
        kind: 'commit',
        result: await work(tx),
        answer: { status: 200, headers: {} },
      }))
      if (claimed.kind === 'executed') return claimed.result
      throw new Error('Too many transactions are waiting.')
    },
    async purge(limit = 1_000) {
      let purged = 0
      for (const [id, { expiresAt }] of records) {
        if (purged === limit) break
        if (expiresAt <= time.now()) {
          records.delete(id)
          purged += 1
        }
      }
      return purged
    },
    erase: eraser.erase,
    get erasures() {
      return eraser.erasures
    },
    close() {
      isClosed = true
      return writer.idle()
    },
  }
}

async function attempt<T>(undo: () => void, step: () => T | Promise<T>): Promise<Attempted<T>> {
  try {
    return { kind: 'done', value: await step() }
  } catch (error) {
    if (!(error instanceof UniqueViolationError)) throw error
    undo()
    return { kind: 'conflict', fields: error.fields, error }
  }
}
