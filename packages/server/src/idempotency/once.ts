import type { Answer } from '../creation/answer.ts'
import { isPromise, type MaybePromise } from './and-then.ts'
import { refuseSealed } from './refuse-sealed.ts'
import type { CachedRecord, ReplayCache } from './replay-cache.ts'
import type { Claimed } from './store.ts'
import type { Time } from './time.ts'
import { toReplay } from './to-replay.ts'
import type { Asked } from './verbatim.ts'

/** What a request with a key comes to. */
export type Outcome<Result> =
  | { readonly kind: 'executed'; readonly result: Result }
  | { readonly kind: 'replay'; readonly answer: Answer }
  | { readonly kind: 'in-flight'; readonly retryAfterMs: number }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'blocked'; readonly cause?: unknown }
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }

/** One request with a key. */
export interface Keyed {
  /** The key in its scope. */
  readonly id: string
  readonly fingerprint: string
  /** Compares a recorded fingerprint with this request's, by the version that the record was written with. */
  readonly isSame: (recorded: string) => boolean
  /** What this process remembers of the key. */
  readonly known: CachedRecord | undefined
  /** What was sent, to know the next retry by; asked for only when a record was found. */
  readonly asked: () => Asked | undefined
}

/** Asks the store to execute the claim. */
export type Perform<Result> = () => MaybePromise<Claimed<Result>>

/** Executes a claim at most once; the returned value says what became of it. */
export type Once = <Result>(keyed: Keyed, perform: Perform<Result>) => MaybePromise<Outcome<Result>>

interface Running {
  readonly fingerprint: string
  /** How many erasures there were when the store was asked. */
  readonly asOf: number | undefined
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

  function once<Result>(keyed: Keyed, perform: Perform<Result>): MaybePromise<Outcome<Result>> {
    const ahead = running.get(keyed.id)
    return ahead === undefined ? begin(keyed, perform, keyed.known) : behind(ahead, keyed, perform)
  }

  async function behind<Result>(first: Running, keyed: Keyed, perform: Perform<Result>): Promise<Outcome<Result>> {
    const deadline = time.now() + waitMs
    for (let ahead: Running | undefined = first; ahead !== undefined; ahead = running.get(keyed.id)) {
      if (!keyed.isSame(ahead.fingerprint)) return { kind: 'mismatch' }
      const left = deadline - time.now()
      if (left <= 0 || !(await endsWithin(ahead, left, time))) {
        return { kind: 'in-flight', retryAfterMs: RETRY_AFTER_MS }
      }
      // The one ahead may have rolled back, and another waiter may have taken over since: look again.
    }
    return begin(keyed, perform, cache.get(keyed.id))
  }

  /** Nothing is awaited between the last look at `running` and the entry in it, so no second request can come between. */
  function begin<Result>(
    keyed: Keyed,
    perform: Perform<Result>,
    known: CachedRecord | undefined,
  ): MaybePromise<Outcome<Result>> {
    if (known !== undefined) {
      return keyed.isSame(known.fingerprint) ? { kind: 'replay', answer: known.answer } : { kind: 'mismatch' }
    }
    const own: Running = { fingerprint: keyed.fingerprint, asOf: cache.erasures, waiting: undefined }
    running.set(keyed.id, own)
    const fail = (error: unknown): never => {
      leave(own, keyed)
      throw error
    }
    let performing: MaybePromise<Claimed<Result>>
    try {
      performing = perform()
    } catch (error) {
      return fail(error)
    }
    return isPromise(performing)
      ? performing.then((claimed) => end(own, keyed, claimed), fail)
      : end(own, keyed, performing)
  }

  function leave(own: Running, { id }: Keyed): void {
    running.delete(id)
    if (own.waiting !== undefined) for (const wake of own.waiting) wake()
  }

  function end<Result>(own: Running, keyed: Keyed, claimed: Claimed<Result>): Outcome<Result> {
    try {
      return judge(own, keyed, claimed)
    } finally {
      leave(own, keyed)
    }
  }

  function judge<Result>({ asOf }: Running, keyed: Keyed, claimed: Claimed<Result>): Outcome<Result> {
    switch (claimed.kind) {
      case 'recorded': {
        refuseSealed(claimed.answer)
        const { fingerprint, expiresAt } = claimed
        const isSame = keyed.isSame(fingerprint)
        const answer = toReplay(claimed.answer)
        // Remembered from the first replay on: nearly all keys are sent once, and to keep their answers costs more
        // than the one question that the first retry asks.
        cache.put(keyed.id, { fingerprint, answer, asked: isSame ? keyed.asked() : undefined }, expiresAt, asOf)
        return isSame ? { kind: 'replay', answer } : { kind: 'mismatch' }
      }
      case 'in-flight':
        return claimed.fingerprint === undefined || keyed.isSame(claimed.fingerprint)
          ? { kind: 'in-flight', retryAfterMs: claimed.retryAfterMs }
          : { kind: 'mismatch' }
      case 'blocked':
        return keyed.isSame(claimed.fingerprint) ? claimed : { kind: 'mismatch' }
      default:
        return claimed
    }
  }

  return once
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
