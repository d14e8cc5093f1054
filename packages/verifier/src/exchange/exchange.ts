/** A header line as it travelled: `fetch` and `res.headers` join or drop repeated lines and hide the fault. */
export type HeaderLine = readonly [name: string, value: string]

/** What was sent. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly HeaderLine[]
  readonly body: string
}

/** What came back; `ms` is the time from sending to the last byte. */
export interface ReceivedResponse {
  readonly status: number
  readonly headers: readonly HeaderLine[]
  readonly body: string
  readonly ms: number
}

/** Why there is no answer. `hung-up` is our own doing. */
export type NoAnswerReason =
  | 'refused'
  | 'timeout'
  | 'reset'
  | 'unresolved'
  | 'tls'
  | 'too-large'
  | 'not-http'
  | 'hung-up'
  | 'failed'

/** One request with its response, or with the reason why there is none. Findings point at these by id. */
export interface Exchange {
  readonly id: number
  /** When it was sent, in milliseconds since the run began. */
  readonly at?: number
  /** The race that it ran in, with the others of the same number. */
  readonly race?: number
  readonly request: SentRequest
  readonly response?: ReceivedResponse
  readonly failure?: { readonly reason: NoAnswerReason; readonly detail: string }
}

/** An exchange that was answered. */
export type Answer = Exchange & { readonly response: ReceivedResponse }

/** Tells whether an exchange was answered. */
export function isAnswer(exchange: Exchange): exchange is Answer {
  return exchange.response !== undefined
}
