import { attemptKeyOf } from '../idempotency/attempt-key.ts'
import type { Signal } from '../idempotency/signal.ts'
import type { Session } from '../idempotency/store.ts'
import type { Pending } from './perform.ts'

/** What `create` knows besides the input. */
export interface CreateContext<Tx, Native = unknown> {
  /** The transaction in which the key's record is written too: what goes through it is kept exactly once. */
  readonly tx: Tx
  readonly principal: string
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  /** The framework's own request. */
  readonly request: Native
  /**
   * An idempotency key for the services that `create` calls: a UUID that is the same for every attempt under this
   * principal, operation and key, across crashes and processes. Absent where the request has no key.
   */
  readonly attemptKey: string | undefined
  /** Aborted when a leased store cannot keep the key for this attempt any longer; absent over other stores. */
  readonly signal: Signal | undefined
}

/** Puts it together for one attempt. */
export function createContext<Tx, Native>(
  { request, principal, claim }: Pending<Native>,
  { tx, signal }: Pick<Session<Tx>, 'tx' | 'signal'>,
): CreateContext<Tx, Native> {
  const { params, requestId, native } = request
  return {
    tx,
    principal,
    params,
    requestId,
    request: native,
    // Most creations call nobody, and a digest is not free.
    get attemptKey() {
      return claim && attemptKeyOf(claim)
    },
    signal,
  }
}
