import type { HeaderLine } from '@createonce/verifier'

/** One request that creates, as the command line shows it. */
export interface Example {
  readonly method: string
  readonly url: string
  readonly headers: readonly HeaderLine[]
  /** The body, parsed; absent where there is none. */
  readonly body?: unknown
}
