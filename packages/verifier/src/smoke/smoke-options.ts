import type { VerifyOptions } from '../run/verify-options.ts'

/** What to try, and within which limits. */
export interface SmokeOptions
  extends Pick<
    VerifyOptions,
    | 'target'
    | 'operations'
    | 'headers'
    | 'seed'
    | 'timeoutMs'
    | 'rate'
    | 'readOnly'
    | 'exchanges'
    | 'profile'
    | 'signal'
    | 'now'
    | 'sleep'
  > {
  /** The address by which clients reach the API, which Location must be below. @default the target's base URL */
  readonly publicBaseUrl?: string
}
