import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import type { StoreWatch } from '../../observe/watch-store.ts'
import { within } from '../within.ts'
import { replyCode } from './reply-code.ts'

/** How long Redis is waited for. */
export interface Patience {
  readonly time: Time
  readonly random: () => number
  /** For one answer, in milliseconds. */
  readonly answerMs: number
  /** After which no further question is begun, in milliseconds. */
  readonly patienceMs: number
  readonly watch?: StoreWatch | undefined
}

// What a server says that is starting, failing over or moving its keys: a moment later it is another answer.
const PASSING = new Set(['LOADING', 'CLUSTERDOWN', 'MASTERDOWN', 'TRYAGAIN', 'BUSY', 'READONLY', 'MOVED', 'ASK'])

// Soon enough to hardly delay a request after a lost connection, and not a load on a server that starts.
const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 400

/**
 * Asks until there is an answer. A question whose answer was lost may have been executed, and is asked again: every
 * script gives the same owner the same answer twice. Throws {@link StoreUnavailableError}.
 */
export async function askUntilKnown<T>(
  ask: () => Promise<T>,
  { time, random, answerMs, patienceMs, watch }: Patience,
): Promise<T> {
  const begun = time.now()
  for (let tries = 0; ; tries++) {
    let cause: unknown
    try {
      return await within(time, answerMs, ask(), () => new Error(`No answer within ${answerMs} ms`))
    } catch (error) {
      cause = error
    }
    const code = replyCode(cause)
    const isPassing = code === undefined || PASSING.has(code)
    if (!isPassing || time.now() - begun >= patienceMs) {
      throw new StoreUnavailableError(`Redis cannot be used: ${(cause as Error).message}`, { cause })
    }
    watch?.retry(code === undefined ? 'answer-lost' : 'busy')
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + random() / 2)
    await new Promise<void>((resolve) => time.after(ms, resolve))
  }
}
