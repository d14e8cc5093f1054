import type { Level } from '../../evidence/level.ts'
import type { VerifyOptions } from '../../run/verify-options.ts'
import type { OverrideOptions } from '../../target/parse-overrides.ts'

/** One request that creates, where there is no document. */
export interface ExampleOfApp {
  /** @default 'POST' */
  readonly method?: 'POST' | 'PUT'
  /** Below the app's address, with its query. */
  readonly path: string
  /** The parsed JSON body. */
  readonly body?: unknown
  /** The name of the header in which the app takes idempotency keys. @default Idempotency-Key */
  readonly keyHeader?: string
}

/** What an app is judged by, and within which limits. */
export interface VerifyAppOptions
  extends OverrideOptions,
    Pick<
      VerifyOptions,
      | 'checks'
      | 'guidelines'
      | 'hostile'
      | 'maxRequests'
      | 'operations'
      | 'ownChecks'
      | 'races'
      | 'readOnly'
      | 'seed'
      | 'signal'
      | 'skipChecks'
      | 'timeoutMs'
    > {
  /**
   * The OpenAPI document: as an object, as a path in the app, or as a URL of http or of a file. Whatever servers it
   * names, only the app is called. @default looked for at the paths where frameworks serve it
   */
  readonly document?: object | string
  /** One request that creates, instead of a document. */
  readonly example?: ExampleOfApp
  /** Header lines for every request; their values are masked in what is told. */
  readonly headers?: Readonly<Record<string, string>>
  /** The credentials of a second principal; masked likewise. */
  readonly otherHeaders?: Readonly<Record<string, string>>
  /** The least level of a finding that fails the test. @default 'warning' */
  readonly failOn?: Level
}
