/** Whether a client may send the same request again, and with which key. */
export type RetryRule =
  /** Send it again, unchanged, with the same key: nothing was created, or the retry finds what was. */
  | 'same-key'
  /** Change the request; the key was not used up. */
  | 'after-fix'
  /** The key belongs to another request: send this one with a new key. */
  | 'new-key'
  /** Repeating it changes nothing. */
  | 'never'

/** A stable code of the problem catalogue. */
export type ProblemCode =
  | 'malformed-body'
  | 'invalid-input'
  | 'parent-not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'content-too-large'
  | 'unsupported-media-type'
  | 'idempotency-key-missing'
  | 'idempotency-key-invalid'
  | 'idempotency-key-in-flight'
  | 'idempotency-key-blocked'
  | 'idempotency-key-reused'
  | 'duplicate-resource'
  | 'internal-error'
  | 'overloaded'
  | 'store-unavailable'
  | 'record-unreadable'

/** What answers and log lines say of a problem. */
export interface ProblemOnWire {
  readonly title: string
  /** The default HTTP status; where guidelines disagree, a setting may choose another one. */
  readonly status: number
  readonly retry: RetryRule
  /** The log event that carries this code. */
  readonly event:
    | 'creation.rejected'
    | 'creation.in_flight'
    | 'creation.mismatch'
    | 'creation.blocked'
    | 'creation.failed'
}

/** What people are told of it. */
export interface ProblemGuidance {
  /** What it means, for the person who reads the answer or the log line. */
  readonly meaning: string
  /** Whether it passes by itself. */
  readonly transient: {
    readonly passes: boolean
    /** How long it may last, in words. */
    readonly lasts: string
  }
  /** What a client does. */
  readonly client: string
  /** What to do first. */
  readonly firstResponse: string
  /** What to undo if a deployment brought it. */
  readonly rollBack: string
  /** Whom to call when the first response does not mend it, and when. */
  readonly escalation: string
}

/** One row of the problem catalogue: the single source of wire, docs, logs and runbook. */
export interface ProblemEntry extends ProblemOnWire, ProblemGuidance {}
