import { refuseSealed } from './refuse-sealed.ts'
import type { ReplayCache } from './replay-cache.ts'
import type { Claim, Claimed, RecordedAnswer } from './store.ts'
import type { Time } from './time.ts'

/** What a request with a key comes to. */
export type Outcome<Result> =
  | { readonly kind: 'executed'; readonly result: Result }
  | { readonly kind: 'replay'; readonly answer: RecordedAnswer }
  | { readonly kind: 'in-flight'; readonly retryAfterMs: number }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'blocked'; readonly cause?: unknown }
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }

/** Compares a recorded fingerprint with this request's, by the version that the record was written with. */
export type IsSameRequest = (recorded: string) => boolean

/** Asks the store to execute the claim. */
export type Perform<Result> = () => Promise<Claimed<Result>>

/** Executes a claim at most once; the returned value says what became of it. */
export type Once = <Result>(
  claim: Claim,
  isSameRequest: IsSameRequest,
  perform: Perform<Result>,
) => Promise<Outcome<Result>>

interface Running {
  readonly fingerprint: string
  /** Who waits for its end; nobody, for nearly every request. */
  waiting: (() => void)[] | undefined
}

// A client that is told "in flight" without a better estimate comes back after a second: short enough to feel
// immediate, long enough that a crowd of retries does not become load of its own.
const RETRY_AFTER_MS = 1_000

/**
 * The state machine of a key: free → running → recorded, and back to free when the work rolls back.
 *
 * Requests of one process that carry the same key meet here, before any store: one executes, the others wait up to
 * `waitMs` without holding a connection, or are told that the key is in flight. What other processes do with the key
 * is the store's to tell.
 */
export function createOnce(options: {
  readonly waitMs: number
  readonly time: Time
  readonly cache: ReplayCache
}): Once {
  const { waitMs, time, cache } = options
  const running = new Map<string, Running>()

  return async (claim, isSameRequest, perform) => {
    const id = `${claim.scope}\n${claim.key}`
    const deadline = time.now() + waitMs

    for (let ahead = running.get(id); ahead !== undefined; ahead = running.get(id)) {
      if (!isSameRequest(ahead.fingerprint)) return { kind: 'mismatch' }
      const left = deadline - time.now()
      if (left <= 0 || !(await endsWithin(ahead, left, time))) {
        return { kind: 'in-flight', retryAfterMs: RETRY_AFTER_MS }
      }
      // The one ahead may have rolled back, and another waiter may have taken over since: look again.
    }

    const cached = cache.get(id)
    if (cached !== undefined) return replayOf(cached, isSameRequest)

    // Nothing is awaited between the last look and this line, so no second request can come in between.
    const own: Running = { fingerprint: claim.fingerprint, waiting: undefined }
    running.set(id, own)
    const asOf = cache.erasures
    try {
      const claimed = await perform()
      switch (claimed.kind) {
        case 'recorded':
          refuseSealed(claimed.answer)
          // Remembered from the first replay on: nearly all keys are sent once, and to keep their answers costs more
          // than the one question that the first retry asks.
          cache.put(id, claimed, claimed.expiresAt, asOf)
          return replayOf(claimed, isSameRequest)
        case 'in-flight':
          return claimed.fingerprint === undefined || isSameRequest(claimed.fingerprint)
            ? { kind: 'in-flight', retryAfterMs: claimed.retryAfterMs }
            : { kind: 'mismatch' }
        case 'blocked':
          return isSameRequest(claimed.fingerprint) ? claimed : { kind: 'mismatch' }
        default:
          return claimed
      }
    } finally {
      running.delete(id)
      for (const wake of own.waiting ?? []) wake()
    }
  }
}

function replayOf(
  record: { readonly fingerprint: string; readonly answer: RecordedAnswer },
  isSameRequest: IsSameRequest,
): { readonly kind: 'replay'; readonly answer: RecordedAnswer } | { readonly kind: 'mismatch' } {
  return isSameRequest(record.fingerprint) ? { kind: 'replay', answer: record.answer } : { kind: 'mismatch' }
}

function endsWithin(ahead: Running, ms: number, time: Time): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = time.after(ms, () => resolve(false))
    ahead.waiting ??= []
    ahead.waiting.push(() => {
      cancel()
      resolve(true)
    })
  })
}
