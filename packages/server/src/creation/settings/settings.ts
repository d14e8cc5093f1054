import type { Seal } from '../../idempotency/seal.ts'
import type { CrashPolicy, LeasedStore, Store } from '../../idempotency/store.ts'
import type { Time } from '../../idempotency/time.ts'
import type { Logger } from '../../observe/log.ts'
import type { Observer } from '../../observe/observer.ts'
import type { CreateContext } from '../create-context.ts'
import type { CreationRequest } from '../creation-request.ts'
import type { Result } from '../result.ts'
import type { DuplicateRule } from './duplicate-policy.ts'
import type { InsertSettings } from './insert-settings.ts'
import type { OpenApiSettings } from './openapi-settings.ts'
import type { ServerSet } from './server-set.ts'
import type { StandardSchema } from './standard-schema.ts'

/** Whether `Idempotency-Key` is taken. With `off`, a request that sends one is refused: it would rely on it. */
export type IdempotencyPolicy = 'off' | 'optional' | 'required'

/** How keys are treated, where the defaults do not fit. */
export interface IdempotencySettings {
  readonly key: IdempotencyPolicy
  /**
   * How long an answer is remembered: milliseconds, or an ISO 8601 duration such as `PT24H`.
   * @default 'PT24H'
   */
  readonly retention?: number | string
  /**
   * How long a request waits for the first one with its key, in milliseconds, before it is told that the key is in
   * flight. The draft asks for 409 at once; waiting spares clients a retry.
   * @default 0
   */
  readonly waitMs?: number
  /**
   * The status for a key that was used with another request: 422 by the draft, 400 by Stripe, Zalando and OASIS.
   * @default 422
   */
  readonly reusedStatus?: 422 | 400
  /**
   * What a retry gets: `full`, the answer as it was; `reference`, its status, Location and other headers, and no body,
   * which is then never kept.
   * @default 'full'
   */
  readonly replay?: 'full' | 'reference'
  /**
   * The largest body that is kept, in bytes of UTF-8; of an answer with a larger one only the reference is. Without it
   * every body is kept, since a client expects its retry to be answered as the first request.
   */
  readonly maxRecordedBytes?: number
  /** Seals headers and body of recorded answers, so that whoever reads the store cannot read them: {@link aesGcmSeal}. */
  readonly seal?: Seal
}

/** What a Location function knows besides the row. */
export interface LocationContext {
  readonly params: Readonly<Record<string, string>>
}

/** Everything about one creation: `create` is any code of the author's, `insert` one declared row. */
export type CreationSettings<Input, Row, Tx, Native> = CommonSettings<Input, Row, Tx, Native> &
  (
    | {
        /** Brings the resource into being, inside the transaction. */
        readonly create: (input: Input, context: CreateContext<Tx, Native>) => Result<Row> | Promise<Result<Row>>
        readonly insert?: never
      }
    | {
        /** Brings the resource into being as one row of one table. */
        readonly insert: InsertSettings<Input, Row, Native>
        readonly create?: never
      }
  ) &
  CrashChoice

/** Only over a leased store a crash leaves a choice, and there nobody makes it for the author. */
type CrashChoice =
  | { readonly store: { readonly guarantee?: 'transactional' }; readonly onCrash?: never }
  | { readonly store: { readonly guarantee: 'leased' }; readonly onCrash: CrashPolicy }

/** What both ways of writing a creation have in common. Options that guidelines disagree on name their sources. */
export interface CommonSettings<Input, Row, Tx, Native> {
  /** The operation's stable name, e.g. `createOrder`: part of every key's scope, and the name in logs. */
  readonly operation: string
  readonly store: Store<Tx> | LeasedStore<Tx>
  /**
   * Over a leased store: what follows when the process dies inside `create`. `block` runs the key never again (at most
   * once), `rerun` runs it again (at least once; hand `attemptKey` to whoever must act once).
   */
  readonly onCrash?: CrashPolicy
  /**
   * Who is asking, as the authentication before this handler found out: the id that scopes keys, never shown in
   * clear. A creation that is open to anybody says so in words.
   */
  readonly principal: 'anybody' | ((request: CreationRequest<Native>) => string | Promise<string>)
  /** Any Standard Schema: zod, valibot, arktype and others. */
  readonly input: StandardSchema<Input>
  /**
   * The members that only the server sets, such as `['id', 'createdAt']`, whatever the schema takes: a client that sends
   * one is refused, or with `{ members, policy: 'strip' }` not heard.
   */
  readonly serverSet?: readonly string[] | ServerSet
  /** What happens when the same resource is created again without a key. */
  readonly duplicates: 'allow' | DuplicateRule<Input, NoInfer<Row>, Tx, Native>
  readonly idempotency: IdempotencyPolicy | IdempotencySettings
  /**
   * Where the new resource is: a template such as `/orders/{id}` over the row's members and the path parameters, or
   * a function; `path` helps to write one. Never made from the `Host` header.
   */
  readonly location: string | ((row: NoInfer<Row>, context: LocationContext) => string)
  /**
   * What GET answers for this row.
   * @default the row itself
   */
  readonly represent?: (row: NoInfer<Row>) => unknown
  /**
   * The ETag that GET of the resource answers, quoted: `"5"` or `W/"5"`. Gets the row and what is shown of it;
   * {@link etagOf} makes it of what is shown.
   */
  readonly etag?: (row: NoInfer<Row>, representation: unknown) => string
  /**
   * The address by which clients reach the service, with the prefix that a proxy strips: makes Location absolute.
   * Without it Location is path-absolute (RFC 9110 §10.2.2 allows both; Zalando #217 asks for absolute).
   */
  readonly publicBaseUrl?: string
  /**
   * What stands before the code in a problem's `type`.
   * @default '/problems/' below `publicBaseUrl`
   */
  readonly problemTypes?: string
  /**
   * The status for input that is JSON but not valid: 400 by Zalando, DRF, Nest and Azure; 422 by RFC 9110, FastAPI,
   * Laravel, Rails and GitHub.
   * @default 400
   */
  readonly invalidStatus?: 400 | 422
  /**
   * The largest body, in bytes.
   * @default 1_048_576
   */
  readonly maxBodyBytes?: number
  /**
   * How many bytes of finished answers this process remembers for replays, for at most a minute each; 0 asks the store
   * every time.
   * @default 8_388_608
   */
  readonly replayCacheBytes?: number
  /** Gets one line per request; pino's shape. Without it faults, and nothing else, go to standard error. */
  readonly log?: Logger
  /** Makes principals and keys in logs recognisable without telling them. */
  readonly logSecret?: string | Uint8Array
  /** Watches: metrics, traces. Without it nothing is measured. Give the store the same one. */
  readonly observe?: Observer
  /** What the OpenAPI document says besides what these settings say: summary, tags, representation, examples. */
  readonly openapi?: OpenApiSettings
  readonly time?: Time
}
