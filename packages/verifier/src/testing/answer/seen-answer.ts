import type { HeaderLine } from '../../exchange/exchange.ts'

/** An answer as an assertion looks at it, whatever client brought it. */
export interface SeenAnswer {
  readonly status: number
  /** Lines as they came where the client kept them; else joined or dropped as the client does. */
  readonly headers: readonly HeaderLine[]
  /** The content as text; undefined where somebody had read it before it was handed over. */
  readonly text: string | undefined
  /** The content, parsed where it is JSON, else as text. */
  readonly body: unknown
  /** The URL that was asked, where the client tells it. */
  readonly url: string | undefined
}
