import type { Answer } from '../creation/answer.ts'
import type { CreateContext } from '../creation/create-context.ts'
import type { CreationRequest } from '../creation/creation-request.ts'
import type { CrashPolicy } from '../idempotency/store.ts'
import type { Time } from '../idempotency/time.ts'
import type { CapturedResponse } from './captured-response.ts'

/**
 * What remains of "exactly once" around a handler that knows nothing of it, for a request with a key:
 *
 * - `exactly-once-through-tx`: what the handler writes through `contextOf(request).tx` is kept exactly once. What it does
 *   elsewhere is done at least once.
 * - `at-most-once`: over a leased store with `onCrash: 'block'`, as long as that store keeps what it has acknowledged.
 * - `at-least-once`: over a leased store with `onCrash: 'rerun'`.
 */
export type Guarantee = 'exactly-once-through-tx' | 'at-most-once' | 'at-least-once'

/** The guarantee that follows from what a crash means; without a choice the store is transactional. */
export type GuaranteeOf<Crash extends CrashPolicy> = [Crash] extends [never]
  ? 'exactly-once-through-tx'
  : Crash extends 'block'
    ? 'at-most-once'
    : 'at-least-once'

/** What a guarded request came to. */
export type Guarded =
  /** A replay or a problem: the handler did not run, or its answer does not count. Send this instead. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The handler has answered, and what had to be kept is kept: send what was captured. */
  | { readonly kind: 'captured' }

/** What the guard hands through to the handler. */
export type GuardContext<Tx> = Omit<CreateContext<Tx>, 'request'>

/** Runs the handler once, and is done when its answer is known, or known to be too much to be held back. */
export type RunHandler<Tx> = (context: GuardContext<Tx>) => Promise<CapturedResponse>

/** A guard as the wrappers of frameworks see it, and as handlers ask for their transaction. */
export interface Guard<Native = unknown, Tx = unknown, Promised extends Guarantee = Guarantee> {
  readonly operation: string
  /** What is promised for a request with a key, and no more. */
  readonly guarantee: Promised
  readonly maxBodyBytes: number
  /** The largest body of a response that is held back whole. */
  readonly maxHeldBytes: number
  /** How long an answer that has begun is held back for its end, in milliseconds. */
  readonly holdMs: number
  readonly time: Time
  /**
   * What a handler may use of the guard: the transaction, the `attemptKey` for services that it calls, the principal.
   * `request` is what its framework handed to it. Undefined for a request that no guard has begun to execute.
   */
  contextOf(request: Native & object): GuardContext<Tx> | undefined
  /** Answers one request; the handler runs at most once in it. Never throws or rejects. */
  handle(request: CreationRequest<Native>, run: RunHandler<Tx>): Promise<Guarded>
  /** A problem for what a wrapper refuses before the guard is asked: a body that is too large. */
  refuseSize(request: Pick<CreationRequest, 'requestId' | 'headers'>): Answer
}
