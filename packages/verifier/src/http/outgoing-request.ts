import type { HeaderLine } from '../exchange/exchange.ts'

/** A request to send. The body is text or bytes; bytes are needed for content that is no valid text. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers?: readonly HeaderLine[]
  readonly body?: string | Uint8Array
  /** Whose request it is: the header lines of another principal, instead of the run's. */
  readonly principal?: readonly HeaderLine[]
}
