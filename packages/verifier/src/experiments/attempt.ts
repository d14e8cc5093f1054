import type { Answer, Exchange } from '../exchange/exchange.ts'
import type { JsonObject } from './json-node.ts'
import type { Identifier } from './resource.ts'

/** A create request that was answered, with what could be read off the answer. */
export interface Attempt {
  readonly answer: Answer
  readonly status: number
  /** The value that was sent, where it was JSON. */
  readonly body: unknown
  /** The strings of the body by which what is made from it can be recognised. */
  readonly marks: ReadonlySet<string>
  /** The idempotency key as sent, without quotes. */
  readonly key?: string
  /** The name that the client chose, in the path of a PUT. */
  readonly name?: string
  /** Every Location line. */
  readonly locations: readonly string[]
  /** The answer's body as JSON. */
  readonly json?: unknown
  readonly resource?: JsonObject
  readonly id?: Identifier
}

/** The outcome of a request that the target may leave unanswered, such as broken content. */
export type Tried =
  | { readonly kind: 'answered'; readonly attempt: Attempt; readonly exchange: Answer }
  | { readonly kind: 'unanswered'; readonly exchange: Exchange }

/** Tells whether a create was accepted: by 2xx, or by a 303 to what was created. */
export function accepted(attempt: Attempt): boolean {
  return (attempt.status >= 200 && attempt.status < 300) || attempt.status === 303
}

/** Tells whether an answer blames the client. */
export function refused(attempt: Attempt): boolean {
  return attempt.status >= 400 && attempt.status < 500
}
