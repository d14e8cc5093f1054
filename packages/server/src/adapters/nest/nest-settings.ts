import type { CreateContext } from '../../creation/create-context.ts'
import type { Result } from '../../creation/result.ts'
import type { InsertSettings } from '../../creation/settings/insert-settings.ts'
import type { CommonSettings } from '../../creation/settings/settings.ts'

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

/** What `@Creation()` takes: the settings of `defineCreation`; those that the module gives may be left out. */
export type NestCreationSettings<Input, Row, Tx, Native> = Omit<CommonSettings<Input, Row, Tx, Native>, Shared> &
  SharedSettings<Tx, Native> & {
    /** Brings the resource into being as one declared row; the method is then only the route, and is not called. */
    readonly insert?: InsertSettings<Input, Row, Native>
  }

/**
 * The method below `@Creation()`: it is the creation's `create`, with the services of its controller as `this`. Further
 * parameters are decorated as on any route.
 */
export type CreateMethod<Input, Row, Tx, Native> = (
  input: Input,
  context: CreateContext<Tx, Native>,
  // biome-ignore lint/suspicious/noExplicitAny: what further decorated parameters are is between them and Nest.
  ...more: any[]
) => Result<Row> | Promise<Result<Row>>
