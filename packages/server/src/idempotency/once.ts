import type { Claim, RecordedAnswer, Session, Settlement, Store } from './store.ts'
import type { Time } from './time.ts'

/** What a request with a key comes to. */
export type Outcome<Result> =
  | { readonly kind: 'executed'; readonly result: Result }
  | { readonly kind: 'replay'; readonly answer: RecordedAnswer }
  | { readonly kind: 'in-flight'; readonly retryAfterMs: number }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }

/** Compares a recorded fingerprint with this request's, by the version that the record was written with. */
export type IsSameRequest = (recorded: string) => boolean

/** Executes a claim at most once; the returned value says what became of it. */
export type Once<Tx> = <Result>(
  claim: Claim,
  isSameRequest: IsSameRequest,
  work: (session: Session<Tx>) => Promise<Settlement<Result>>,
) => Promise<Outcome<Result>>

interface Running {
  readonly fingerprint: string
  readonly ended: Promise<void>
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
export function createOnce<Tx>(store: Store<Tx>, options: { readonly waitMs: number; readonly time: Time }): Once<Tx> {
  const running = new Map<string, Running>()

  return async (claim, isSameRequest, work) => {
    const id = `${claim.scope}\n${claim.key}`
    const deadline = options.time.now() + options.waitMs

    for (let ahead = running.get(id); ahead !== undefined; ahead = running.get(id)) {
      if (!isSameRequest(ahead.fingerprint)) return { kind: 'mismatch' }
      const left = deadline - options.time.now()
      if (left <= 0 || !(await endsWithin(ahead.ended, left, options.time))) {
        return { kind: 'in-flight', retryAfterMs: RETRY_AFTER_MS }
      }
      // The one ahead may have rolled back, and another waiter may have taken over since: look again.
    }

    // Nothing is awaited between the last look and this line, so no second request can come in between.
    let end!: () => void
    running.set(id, { fingerprint: claim.fingerprint, ended: new Promise((resolve) => (end = resolve)) })
    try {
      const claimed = await store.once(claim, work)
      switch (claimed.kind) {
        case 'recorded':
          return isSameRequest(claimed.fingerprint) ? { kind: 'replay', answer: claimed.answer } : { kind: 'mismatch' }
        case 'in-flight':
          return claimed.fingerprint === undefined || isSameRequest(claimed.fingerprint)
            ? { kind: 'in-flight', retryAfterMs: claimed.retryAfterMs }
            : { kind: 'mismatch' }
        default:
          return claimed
      }
    } finally {
      running.delete(id)
      end()
    }
  }
}

function endsWithin(ended: Promise<void>, ms: number, time: Time): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = time.after(ms, () => resolve(false))
    void ended.then(() => {
      cancel()
      resolve(true)
    })
  })
}
