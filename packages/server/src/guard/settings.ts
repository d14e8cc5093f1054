import type { CreationRequest } from '../creation/creation-request.ts'
import type { IdempotencySettings } from '../creation/settings/settings.ts'
import type { CrashPolicy, LeasedStore, Store } from '../idempotency/store.ts'
import type { Time } from '../idempotency/time.ts'
import type { Logger } from '../observe/log.ts'
import type { Observer } from '../observe/observer.ts'

/**
 * What an answer of the handler says about its effects. `done`: it is recorded and replayed. `nothing`: nothing
 * happened; a transaction is rolled back and the key is free. `unknown`: over a transactional store the same; over a
 * leased one it counts as a crash, and `onCrash` says what follows.
 */
export type Meaning = 'done' | 'nothing' | 'unknown'

/** Everything about one guard. */
export type GuardSettings<Tx, Native, Crash extends CrashPolicy> = CommonGuardSettings<Native> & StoreChoice<Tx, Crash>

/** Only over a leased store a crash leaves a choice, and there nobody makes it for the author. */
type StoreChoice<Tx, Crash extends CrashPolicy> =
  | {
      /** Rows that the handler writes through `contextOf(request).tx` are committed together with the record. */
      readonly store: Store<Tx>
      readonly onCrash?: never
    }
  | {
      readonly store: LeasedStore<Tx>
      /**
       * What follows when the process dies inside the handler, when the handler throws, and when it answers 5xx: `block`
       * runs the key never again (at most once), `rerun` runs it again (at least once).
       */
      readonly onCrash: Crash
    }

/** What guards over both kinds of store have in common. */
export interface CommonGuardSettings<Native> {
  /** The operation's stable name, e.g. `createPayment`: part of every key's scope, and the name in logs. */
  readonly operation: string
  /**
   * Who is asking, as the authentication before this guard found out: the id that scopes keys, never shown in clear. A
   * route that is open to anybody says so in words.
   */
  readonly principal: 'anybody' | ((request: CreationRequest<Native>) => string | Promise<string>)
  /** Whether requests without a key are let through, unprotected, or refused. */
  readonly idempotency: 'optional' | 'required' | (IdempotencySettings & { readonly key: 'optional' | 'required' })
  /**
   * What an answer says about the handler's effects, by its status.
   * @default 1xx to 3xx `done`, 4xx `nothing`, 5xx `unknown`
   */
  readonly meaning?: (status: number) => Meaning
  /**
   * The largest body of a request, in bytes; it is read before the handler runs.
   * @default 1_048_576
   */
  readonly maxBodyBytes?: number
  /**
   * How long the handler may take until its answer is there, in milliseconds; then it is given up like one that threw,
   * and what it still answers is dropped. A store may give it up sooner (`holdMs` there).
   * @default 60_000
   */
  readonly answerMs?: number
  /**
   * How long an answer that has begun is held back for its end, in milliseconds. Then it counts as a stream: recorded by
   * reference, and let through as it comes.
   * @default 10_000
   */
  readonly holdMs?: number
  /**
   * What stands before the code in a problem's `type`.
   * @default '/problems/'
   */
  readonly problemTypes?: string
  /**
   * How many bytes of finished answers this process remembers for replays, for at most a minute each; 0 asks the store
   * every time.
   * @default 8_388_608
   */
  readonly replayCacheBytes?: number
  /** Gets one line per request with a method that is guarded; pino's shape. */
  readonly log?: Logger
  /** Makes principals and keys in logs recognisable without telling them. */
  readonly logSecret?: string | Uint8Array
  /** Watches: metrics, traces. Give the store the same one. */
  readonly observe?: Observer
  readonly time?: Time
}
