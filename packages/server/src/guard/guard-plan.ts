import { toMilliseconds } from '../creation/settings/duration.ts'
import { createOnce, type Once } from '../idempotency/once.ts'
import { createRecordCodec } from '../idempotency/record-codec.ts'
import { createReplayCache, type ReplayCache } from '../idempotency/replay-cache.ts'
import type { CrashPolicy, LeasedStore, Store } from '../idempotency/store.ts'
import { throughCodec } from '../idempotency/through-codec.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import { observedStore } from '../observe/observed-store.ts'
import { createPseudonym } from '../observe/pseudonym.ts'
import { toTell } from '../observe/to-tell.ts'
import { checkGuardSettings } from './check-guard-settings.ts'
import type { CommonGuardSettings, GuardSettings, Meaning } from './settings.ts'

/** The settings of a guard, checked and completed once. */
export interface GuardPlan<Tx, Native> {
  readonly settings: CommonGuardSettings<Native>
  readonly store: Store<Tx> | LeasedStore<Tx>
  readonly onCrash: CrashPolicy | undefined
  readonly keyPolicy: 'optional' | 'required'
  readonly retentionMs: number
  readonly reusedStatus: 422 | 400
  readonly maxBodyBytes: number
  readonly maxHeldBytes: number
  readonly answerMs: number
  readonly holdMs: number
  readonly problemTypes: string
  readonly meaning: (status: number) => Meaning
  readonly time: Time
  readonly replays: ReplayCache
  readonly once: Once
  readonly pseudonym: (value: string) => string
}

// What Express, Fastify and Koa allow by default or more; and what a server can hold for each of many requests.
const MEGABYTE = 1_048_576

// Retries come soon after the first try, so a few thousand answers are enough to spare the database most of them.
const REPLAY_CACHE_BYTES = 8_388_608

// About as long as proxies wait for an answer.
const ANSWER_MS = 60_000

// An answer that has begun and takes longer than this is a stream in all likelihood, whose reader waits for its parts.
const HOLD_MS = 10_000

/** Checks the settings; throws a TypeError that says which one is wrong, what was seen, and what to write. */
export function toGuardPlan<Tx, Native, Crash extends CrashPolicy>(
  settings: GuardSettings<Tx, Native, Crash>,
): GuardPlan<Tx, Native> {
  checkGuardSettings(settings)
  const { operation, idempotency, time = systemTime } = settings
  const keys = typeof idempotency === 'string' ? { key: idempotency } : idempotency
  const asked: Store<Tx> | LeasedStore<Tx> = settings.store
  const tell = toTell(settings.observe)
  const observed = tell === undefined ? asked : observedStore<Tx, typeof asked>(asked, operation, tell)
  const codec = createRecordCodec(keys)
  const replays = createReplayCache({
    maxBytes: settings.replayCacheBytes ?? REPLAY_CACHE_BYTES,
    time,
    erasures: () => asked.erasures,
  })
  settings.observe?.defined?.(operation)
  return {
    settings,
    store: codec === undefined ? observed : throughCodec<Tx, typeof observed>(observed, codec),
    onCrash: settings.onCrash,
    keyPolicy: keys.key,
    retentionMs: toMilliseconds(keys.retention ?? 'PT24H', `${operation}: idempotency.retention`),
    reusedStatus: keys.reusedStatus ?? 422,
    maxBodyBytes: settings.maxBodyBytes ?? MEGABYTE,
    maxHeldBytes: keys.maxRecordedBytes ?? MEGABYTE,
    answerMs: settings.answerMs ?? ANSWER_MS,
    holdMs: settings.holdMs ?? HOLD_MS,
    problemTypes: settings.problemTypes ?? '/problems/',
    meaning: settings.meaning ?? meaningOf,
    time,
    replays,
    once: createOnce({ waitMs: keys.waitMs ?? 0, time, cache: replays }),
    pseudonym: createPseudonym(settings.logSecret),
  }
}

/**
 * A client error says that the request was refused. A server error says that something broke, and a handler that was
 * not written for this library may have done its work before: nobody knows.
 */
function meaningOf(status: number): Meaning {
  if (status < 400) return 'done'
  return status < 500 ? 'nothing' : 'unknown'
}
