import { StoreUnavailableError } from '../../../idempotency/store-errors.ts'
import type { Time } from '../../../idempotency/time.ts'
import type { StoreWatch } from '../../../observe/watch-store.ts'
import { within } from '../../within.ts'
import { BEGIN_PLAIN } from '../commands.ts'
import { databaseError, meaningOf, UNPREPARED } from '../database-error.ts'
import type { Connection } from '../driver.ts'
import type { Lender } from '../lender.ts'
import type { Step } from '../statement.ts'
import type { BatchEntry, BatchOutcome } from './batch-entry.ts'
import type { BatchStatements } from './batch-statements.ts'
import { createQuarantine } from './quarantine.ts'

/** Rows of one shape, written together. */
export interface Batcher {
  add(entry: BatchEntry): Promise<BatchOutcome>
}

interface Waiting {
  readonly entry: BatchEntry
  settle(outcome: BatchOutcome): void
  fail(error: unknown): void
}

// Beyond this size a batch gains nothing, while its first entry waits for its last.
const LARGEST = 128

// While one batch waits for the disk, the next one is parsed and planned; a third would only split what could go together.
// So does a second one of a few rows: it leaves only with so many that its message costs little a row, or where the
// first one is slow, since that may wait for a lock.
const MOST_IN_FLIGHT = 2
const ENOUGH = 8
const SLOW_MS = 20

// After a hopeful batch has failed, the following ones are careful at once: bad rows come in crowds. Careful batches
// cost about a fifth more, so hope is tried again now and then.
const CAREFUL_FOR = 32

/**
 * Group commit: whoever arrives while batches are on their way shares the next one. No entry waits for company: with a
 * free place it leaves in the same turn of the event loop.
 *
 * One bad row never fails its neighbours: a batch that fails is written again by the careful statement, which keeps what
 * fits; if that fails too, it is halved until the one is found, which then runs in a transaction of its own, and so do its
 * retries for a while.
 */
export function createBatcher<Client>(
  lender: Lender<Client>,
  statements: BatchStatements,
  options: {
    readonly maxWaiting: number
    readonly time: Time
    readonly holdMs: number
    readonly watch?: StoreWatch | undefined
  },
): Batcher {
  const quarantine = createQuarantine(options.time)
  let waiting: Waiting[] = []
  let inFlight = 0
  let isScheduled = false
  let isSlow = false
  let carefulFor = 0

  function schedule(): void {
    if (isScheduled || waiting.length === 0 || inFlight >= MOST_IN_FLIGHT) return
    if (inFlight > 0 && waiting.length < ENOUGH && !isSlow) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      const batch = waiting.slice(0, LARGEST)
      waiting = waiting.slice(LARGEST)
      leave(batch)
      schedule()
    })
  }

  function leave(batch: readonly Waiting[]): void {
    inFlight += 1
    const cancel = options.time.after(SLOW_MS, () => {
      isSlow = true
      schedule()
    })
    void write(batch, carefulFor > 0 ? 'careful' : 'hopeful').finally(() => {
      cancel()
      isSlow = false
      inFlight -= 1
      schedule()
    })
  }

  async function write(batch: readonly Waiting[], way: 'hopeful' | 'careful'): Promise<void> {
    if (way === 'careful' && carefulFor > 0) carefulFor -= 1
    let connection: Connection<Client> | 'busy'
    try {
      connection = await lender.lend(BEGIN_PLAIN)
    } catch (error) {
      for (const { fail } of batch) fail(error)
      return
    }
    if (connection === 'busy') {
      for (const { settle } of batch) settle({ kind: 'busy' })
      return
    }
    const entries = batch.map(({ entry }) => entry)
    const written = await send(connection, () => statements[way](entries), options)
    switch (written.kind) {
      case 'committed':
        if (written.exceptions.length < batch.length) options.watch?.commit(batch.length - written.exceptions.length)
        settleAll(batch, written.exceptions)
        return
      case 'unknown':
        for (const { settle } of batch) settle(written)
        return
      case 'unavailable':
        for (const { fail } of batch) fail(written.error)
        return
      case 'refused':
        await writeApart(batch, way)
    }
  }

  async function writeApart(batch: readonly Waiting[], way: 'hopeful' | 'careful'): Promise<void> {
    if (batch.length === 1) {
      const [{ entry, settle }] = batch as [Waiting]
      if (entry.record !== undefined) quarantine.add(entry.record.id)
      settle({ kind: 'alone' })
      return
    }
    options.watch?.retry('shared-undone')
    if (way === 'hopeful') {
      carefulFor = CAREFUL_FOR
      await write(batch, 'careful')
      return
    }
    const half = batch.length >> 1
    await write(batch.slice(0, half), 'careful')
    await write(batch.slice(half), 'careful')
  }

  return {
    add: (entry) =>
      new Promise((settle, fail) => {
        if (entry.record !== undefined && quarantine.has(entry.record.id)) {
          settle({ kind: 'alone' })
          return
        }
        if (waiting.length >= options.maxWaiting) {
          settle({ kind: 'busy' })
          return
        }
        waiting.push({ entry, settle, fail })
        schedule()
      }),
  }
}

type Exceptions = readonly Readonly<Record<string, unknown>>[]

type Written =
  | { readonly kind: 'committed'; readonly exceptions: Exceptions }
  /** The database refused the message as a whole, and nothing was kept. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable'; readonly error: unknown }
  | { readonly kind: 'unknown'; readonly error: unknown }

/** Sends a batch as one message that is a transaction, and gives the connection back in every case. */
async function send(
  connection: Connection<unknown>,
  write: () => readonly Step[],
  { time, holdMs }: { readonly time: Time; readonly holdMs: number },
): Promise<Written> {
  let steps: readonly Step[]
  try {
    steps = write()
  } catch {
    // A value that has no form.
    connection.release()
    return { kind: 'refused' }
  }
  try {
    const late = () => new Error(`A batch was not answered within ${holdMs} ms.`)
    const { rows } = await within(time, holdMs, connection.atomically(steps), late)
    connection.release()
    return { kind: 'committed', exceptions: rows.filter(({ place }) => place !== undefined) }
  } catch (error) {
    const fault = databaseError(error)
    const meaning = meaningOf(fault)
    if (fault === undefined || meaning === 'connection-gone') {
      connection.destroy()
      return { kind: 'unknown', error }
    }
    if (UNPREPARED.has(fault.code)) connection.destroy()
    else connection.release()
    if (meaning !== 'unavailable') return { kind: 'refused' }
    const message = `PostgreSQL cannot write: ${fault.message}.`
    return { kind: 'unavailable', error: new StoreUnavailableError(message, { cause: error }) }
  }
}

function settleAll(batch: readonly Waiting[], exceptions: Exceptions): void {
  const outcomes: BatchOutcome[] = batch.map(() => ({ kind: 'kept' }))
  for (const { place, state } of exceptions) outcomes[Number(place) - 1] = toOutcome(String(state))
  for (const [index, { settle }] of batch.entries()) settle(outcomes[index]!)
}

function toOutcome(state: string): BatchOutcome {
  if (state === 'taken') return { kind: 'taken' }
  const [, reference] = /^orphan (\d+)$/.exec(state) ?? []
  return reference === undefined ? { kind: 'alone' } : { kind: 'orphan', reference: Number(reference) }
}
