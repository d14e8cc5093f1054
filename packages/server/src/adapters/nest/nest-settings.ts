import type { CreateContext } from '../../creation/create-context.ts'
import type { Result } from '../../creation/result.ts'
import type { DuplicateRule } from '../../creation/settings/duplicate-policy.ts'
import type { InsertSettings } from '../../creation/settings/insert-settings.ts'
import type { CommonSettings, LocationContext } from '../../creation/settings/settings.ts'

// What creations of one application mostly have in common, and where each may differ.
type Shared =
  | 'store'
  | 'onCrash'
  | 'principal'
  | 'idempotency'
  | 'publicBaseUrl'
  | 'problemTypes'
  | 'invalidStatus'
  | 'maxBodyBytes'
  | 'replayCacheBytes'
  | 'log'
  | 'logSecret'
  | 'observe'
  | 'time'

/** The settings of a creation that the module may give for all of them. */
export type SharedSettings<Tx, Native> = Partial<Pick<CommonSettings<never, never, Tx, Native>, Shared>>

/** What `CreateonceModule.forRoot()` takes: settings for every creation of the application. */
export interface CreateonceModuleOptions<Tx = unknown, Native = unknown> extends SharedSettings<Tx, Native> {
  /**
   * Which errors that a method throws are answers: the transaction is rolled back, the key stays free, and the
   * application's exception filters answer. Any other error is a fault, answered 500 `internal-error`.
   * @default every HttpException
   */
  readonly toFilters?: (error: unknown) => boolean
}

// `defineCreation` infers the row from `create`. Here the method comes after the settings, so that a setting that names
// the row says what the method has to return.
interface OfRow<Input, Row, Tx, Native> {
  /** Where the new resource is: a template such as `/orders/{id}`, or a function; see `defineCreation`. */
  readonly location: string | ((row: Row, context: LocationContext) => string)
  /** What GET answers for this row. */
  readonly represent?: (row: Row) => unknown
  /** The ETag that GET of the resource answers, quoted. */
  readonly etag?: (row: Row, representation: unknown) => string
  /** What happens when the same resource is created again without a key; `find` is called on the controller. */
  readonly duplicates: 'allow' | DuplicateRule<Input, Row, Tx, Native>
}

/** What `@Creation()` takes: the settings of `defineCreation`; those that the module gives may be left out. */
export type NestCreationSettings<Input, Row, Tx, Native> = Pick<
  CommonSettings<Input, Row, Tx, Native>,
  'operation' | 'input' | 'serverSet' | 'openapi'
> &
  OfRow<Input, Row, Tx, Native> &
  SharedSettings<Tx, Native>

/** The settings of a creation that is one declared row; the method is then only the route, and is not called. */
export type NestInsertSettings<Input, Row, Tx, Native> = NestCreationSettings<Input, Row, Tx, Native> & {
  readonly insert: InsertSettings<Input, Row, Native>
}

// Where only the module knows the store or the request, the method says itself what they are.
// biome-ignore lint/suspicious/noExplicitAny: the decorator cannot know, and must not contradict.
type Known<Type> = unknown extends Type ? any : Type

/**
 * The method below `@Creation()`: it is the creation's `create`, with the services of its controller as `this`. Further
 * parameters are decorated as on any route.
 */
export type CreateMethod<Input, Row, Tx, Native> = (
  input: Input,
  context: CreateContext<Known<Tx>, Known<Native>>,
  // biome-ignore lint/suspicious/noExplicitAny: what further decorated parameters are is between them and Nest.
  ...more: any[]
) => Result<Row> | Promise<Result<Row>>
