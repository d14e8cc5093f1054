import type { Exchange } from '../exchange/exchange.ts'

/** One exchange of recorded traffic. */
export type RecordedExchange = Exchange & {
  /** Milliseconds since 1970 at which it was sent. */
  readonly at: number
}

/** Traffic that was recorded elsewhere, in the order in which it was sent. */
export interface Recording {
  /** The file it was read from. */
  readonly source: string
  readonly exchanges: readonly RecordedExchange[]
  /** What of the file could not be used, and why. */
  readonly warnings: readonly string[]
}
