import type { ProblemCode } from '../creation/problems/problem-entry.ts'

/** Every event of a creation, with the level at which it is logged. The names are stable by semantic versioning. */
export const events = {
  'creation.created': { level: 'info', meaning: 'A resource was created and acknowledged.' },
  'creation.replayed': { level: 'info', meaning: 'A retry got the recorded answer; nothing was executed.' },
  'creation.existing': { level: 'info', meaning: 'The resource existed, and the policy answers with it.' },
  'creation.rejected': { level: 'info', meaning: 'The request was refused and left nothing behind.' },
  'creation.in_flight': { level: 'info', meaning: 'The key is being executed by another request.' },
  'creation.mismatch': { level: 'warn', meaning: 'The key was used before with another request.' },
  'creation.blocked': { level: 'warn', meaning: 'The key is blocked by a crash, and an operator has to decide.' },
  'creation.failed': { level: 'error', meaning: 'The request failed on our side and was rolled back.' },
} as const

/** The name of an event. */
export type EventName = keyof typeof events

/** One event as it is logged: never a body, a key or a credential in clear. */
export interface CreationEvent {
  readonly event: EventName
  readonly operation: string
  readonly requestId: string
  /** HMAC of the principal under the configured secret. */
  readonly principal?: string
  /** HMAC of the key under the configured secret. */
  readonly key?: string
  readonly status: number
  readonly code?: ProblemCode
  readonly location?: string
  readonly durationMs: number
  /** The trace that the request belongs to, by its `traceparent` header (W3C Trace Context). */
  readonly traceId?: string
  /** How often the store ran the work for this request: 1, or more after a conflict that it retried. */
  readonly attempt: number
  /** The fault behind a failure, in pino's spelling, without what drivers hang on their errors. */
  readonly err?: Error
}
