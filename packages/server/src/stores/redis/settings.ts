import { systemTime, type Time } from '../../idempotency/time.ts'
import type { Observer } from '../../observe/observer.ts'
import type { StoreWatch } from '../../observe/watch-store.ts'

/** How long things may take, in milliseconds, and what the keys are called. */
export interface RedisSettings {
  /**
   * What the keys in Redis begin with.
   * @default 'createonce:'
   */
  readonly prefix?: string
  /**
   * How long a key stays reserved for a process that says nothing more. It is renewed three times as often.
   * @default 10_000
   */
  readonly leaseMs?: number
  /**
   * How long one `create` may keep its key; then the reservation is not renewed any more.
   * @default 60_000
   */
  readonly holdMs?: number
  /**
   * How long Redis is waited for before a request is refused with 503 `store-unavailable`.
   * @default 2_000
   */
  readonly answerMs?: number
  /**
   * How long it is tried to record an answer after `create` has run, where Redis has gone away meanwhile.
   * @default 10_000
   */
  readonly settleMs?: number
  /**
   * Watches: retries. Without it nothing is measured.
   * @default none
   */
  readonly observe?: Observer
  readonly time?: Time
  /** Spreads the waiting of several processes. */
  readonly random?: () => number
  /** For tests only: the time by which leases are judged, instead of the clock of Redis. Milliseconds since the epoch. */
  readonly redisNow?: () => number
}

/** All of them. */
export type CompleteSettings = Required<Omit<RedisSettings, 'redisNow' | 'observe'>> &
  Pick<RedisSettings, 'redisNow'> & { readonly watch?: StoreWatch | undefined }

/** Checks the settings and completes them; throws a TypeError that says what to write instead. */
export function completeSettings(settings: RedisSettings): CompleteSettings {
  const complete: CompleteSettings = {
    prefix: settings.prefix ?? 'createonce:',
    leaseMs: settings.leaseMs ?? 10_000,
    holdMs: settings.holdMs ?? 60_000,
    answerMs: settings.answerMs ?? 2_000,
    settleMs: settings.settleMs ?? 10_000,
    time: settings.time ?? systemTime,
    random: settings.random ?? Math.random,
    ...(settings.redisNow !== undefined && { redisNow: settings.redisNow }),
  }
  for (const name of ['leaseMs', 'holdMs', 'answerMs', 'settleMs'] as const) {
    const value = complete[name]
    if (Number.isInteger(value) && value > 0 && value < 2 ** 31) continue
    throw new TypeError(`redisStore: ${name} is a whole number above 0; seen: ${value}.`)
  }
  // A brace would take the place of the hash tag that puts a key into its slot.
  if (typeof complete.prefix !== 'string' || /[{}]/.test(complete.prefix)) {
    throw new TypeError(`redisStore: prefix is text without braces; seen: ${JSON.stringify(complete.prefix)}.`)
  }
  return complete
}
