import type { MaybePromise } from '../idempotency/and-then.ts'
import { createOnce, type Once } from '../idempotency/once.ts'
import { createRecordCodec } from '../idempotency/record-codec.ts'
import { createReplayCache, type ReplayCache } from '../idempotency/replay-cache.ts'
import type { Claimed } from '../idempotency/store.ts'
import { throughCodec } from '../idempotency/through-codec.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import { observedStore } from '../observe/observed-store.ts'
import { createPseudonym } from '../observe/pseudonym.ts'
import { toTell } from '../observe/to-tell.ts'
import type { Handled } from './handled.ts'
import { parsePublicBaseUrl, toPublicLocation } from './location/check-location.ts'
import { compileLocation, type LocationTemplate } from './location/location-template.ts'
import type { Pending } from './pending.ts'
import { checkSettings } from './settings/check-settings.ts'
import { toMilliseconds } from './settings/duration.ts'
import type { CreationSettings, IdempotencyPolicy } from './settings/settings.ts'

/** Executes one request through the store of its creation. */
export type Perform<Input, Row, Tx, Native> = (
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
) => MaybePromise<Claimed<Handled>>

/** The settings of a creation, checked and completed once, so that a request meets no default and no doubt. */
export interface Plan<Input, Row, Tx, Native> {
  readonly settings: CreationSettings<Input, Row, Tx, Native>
  readonly keyPolicy: IdempotencyPolicy
  readonly retentionMs: number
  readonly reusedStatus: 422 | 400
  readonly invalidStatus: 400 | 422
  readonly maxBodyBytes: number
  readonly publicBaseUrl: string | undefined
  readonly problemTypes: string
  readonly template: LocationTemplate | undefined
  readonly time: Time
  readonly replays: ReplayCache
  readonly once: Once
  /** What is done with a request that is to be executed: one creation, several at once, one under a name. */
  readonly perform: Perform<Input, Row, Tx, Native>
  readonly pseudonym: (value: string) => string
}

// A creation's body is a form, not a file. A megabyte is what Express, Fastify and Koa allow by default or more.
const MAX_BODY_BYTES = 1_048_576

// Retries come soon after the first try, so a few thousand answers are enough to spare the database most of them.
const REPLAY_CACHE_BYTES = 8_388_608

/** Checks the settings; throws a TypeError that says which one is wrong, what was seen, and what to write. */
export function toPlan<Input, Row, Tx, Native>(
  settings: CreationSettings<Input, Row, Tx, Native>,
  perform: Perform<Input, Row, Tx, Native>,
): Plan<Input, Row, Tx, Native> {
  checkSettings(settings)
  const { operation, idempotency } = settings
  const keys = typeof idempotency === 'string' ? { key: idempotency } : idempotency
  const time = settings.time ?? systemTime
  const publicBaseUrl = settings.publicBaseUrl === undefined ? undefined : parsePublicBaseUrl(settings.publicBaseUrl)
  const codec = createRecordCodec(keys)
  const tell = toTell(settings.observe)
  const store =
    tell === undefined ? settings.store : observedStore<Tx, typeof settings.store>(settings.store, operation, tell)
  const replays = createReplayCache({
    maxBytes: settings.replayCacheBytes ?? REPLAY_CACHE_BYTES,
    time,
    erasures: () => settings.store.erasures,
  })
  settings.observe?.defined?.(operation)
  return {
    settings:
      codec === undefined && store === settings.store
        ? settings
        : ({
            ...settings,
            store: codec === undefined ? store : throughCodec<Tx, typeof store>(store, codec),
          } as typeof settings),
    keyPolicy: keys.key,
    retentionMs: toMilliseconds(keys.retention ?? 'PT24H', `${operation}: idempotency.retention`),
    reusedStatus: keys.reusedStatus ?? 422,
    invalidStatus: settings.invalidStatus ?? 400,
    maxBodyBytes: settings.maxBodyBytes ?? MAX_BODY_BYTES,
    publicBaseUrl,
    problemTypes: settings.problemTypes ?? toPublicLocation('/problems/', publicBaseUrl),
    template: typeof settings.location === 'string' ? compileLocation(settings.location) : undefined,
    time,
    replays,
    once: createOnce({ waitMs: keys.waitMs ?? 0, time, cache: replays }),
    perform,
    pseudonym: createPseudonym(settings.logSecret),
  }
}
