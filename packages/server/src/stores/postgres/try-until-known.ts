import type { Claim, Claimed, Settlement } from '../../idempotency/store.ts'
import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import type { StoreWatch } from '../../observe/watch-store.ts'
import { databaseError, meaningOf } from './database-error.ts'
import { isSameRecord } from './found-record.ts'
import type { Tried } from './tried.ts'

/** How often and how long a creation is tried. */
export interface Patience {
  readonly time: Time
  readonly random: () => number
  /** How long the outcome of a COMMIT without an answer is looked for, in milliseconds. */
  readonly unknownMs: number
  readonly watch?: StoreWatch | undefined
}

// A deadlock or a serialization failure is over after one or two tries; whoever still fails after these meets a
// database that is overloaded. With the pauses below they take up to about a second.
const MOST_TRIES = 8

// The first pause is about the length of the transaction that was in the way; longer ones let a crowd spread.
const FIRST_PAUSE_MS = 5
const LONGEST_PAUSE_MS = 400

// What a client is told who met another process's execution, or a crowd.
const RETRY_AFTER_MS = 1_000

/**
 * Tries transactions until it is known what became of the claim.
 *
 * A COMMIT whose answer was lost may have been executed, and may even be running now. Its transaction holds the
 * claim's lock until it has ended, so the next one that gets the lock sees for certain: a record there was ours, and
 * without one nothing was kept and the work runs again.
 */
export async function tryUntilKnown<Result>(
  claim: Claim | undefined,
  tryOnce: () => Promise<Tried<Result> | { readonly kind: 'busy' }>,
  { time, random, unknownMs, watch }: Patience,
  sent?: Settlement<Result> & { kind: 'commit' },
): Promise<Claimed<Result>> {
  let unanswered = sent
  let hasBrokenOff = false
  let paused = 0
  const since = time.now()

  for (let tries = 1; ; tries++) {
    let tried: Awaited<ReturnType<typeof tryOnce>>
    try {
      tried = await tryOnce()
    } catch (error) {
      if (unanswered === undefined || !(error instanceof StoreUnavailableError)) throw error
      tried = { kind: 'again', error }
    }
    switch (tried.kind) {
      case 'executed':
        return tried
      case 'recorded': {
        const { fingerprint, answer, expiresAt } = tried
        const isOurs =
          unanswered !== undefined &&
          isSameRecord(tried, { fingerprint: claim!.fingerprint, answer: unanswered.answer })
        return isOurs
          ? { kind: 'executed', result: unanswered!.result }
          : { kind: 'recorded', fingerprint, answer, expiresAt }
      }
      case 'in-flight':
        // After a connection of ours broke, the one who holds the lock may be its backend, which has not noticed yet.
        if (unanswered === undefined && (!hasBrokenOff || tries >= MOST_TRIES)) {
          return { kind: 'in-flight', retryAfterMs: RETRY_AFTER_MS }
        }
        break
      case 'unknown':
        if (claim === undefined) throw lostAnswer(tried.error, 'Without a key nobody can find out whether it was kept.')
        unanswered = tried.settlement
        break
      case 'busy':
      case 'locked':
        if (unanswered === undefined) return { kind: 'overloaded', retryAfterMs: RETRY_AFTER_MS }
        break
      case 'again':
        if (unanswered === undefined && tries >= MOST_TRIES) return giveUp(tried.error)
        hasBrokenOff = true
    }
    if (unanswered !== undefined && Math.max(paused, time.now() - since) >= unknownMs) {
      const cause = 'error' in tried ? tried.error : undefined
      throw lostAnswer(cause, 'A retry with the same key finds out what became of it.')
    }
    watch?.retry(unanswered !== undefined ? 'answer-lost' : tried.kind === 'again' ? 'broken-off' : 'busy')
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS) * (0.5 + random() / 2)
    paused += ms
    await new Promise<void>((resolve) => time.after(ms, resolve))
  }
}

function lostAnswer(cause: unknown, advice: string): StoreUnavailableError {
  return new StoreUnavailableError(`The answer of COMMIT was lost. ${advice}`, { cause })
}

/** Tried often enough: the database refuses for reasons of its own, or its connections break. */
function giveUp(error: unknown): Claimed<never> {
  if (meaningOf(databaseError(error)) === 'try-again') return { kind: 'overloaded', retryAfterMs: RETRY_AFTER_MS }
  throw new StoreUnavailableError(`PostgreSQL broke off ${MOST_TRIES} times: ${(error as Error).message}.`, {
    cause: error,
  })
}
