import { attemptKeyOf } from '../idempotency/attempt-key.ts'
import type { Signal } from '../idempotency/signal.ts'
import type { Claim, Session } from '../idempotency/store.ts'
import type { CreationRequest } from './creation-request.ts'
import type { Pending } from './pending.ts'

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
  { request, principal, claim }: Pick<Pending<Native>, 'request' | 'principal' | 'claim'>,
  session: Pick<Session<Tx>, 'tx' | 'signal'>,
): CreateContext<Tx, Native> {
  return new AttemptContext(request, principal, claim, session)
}

/** A class for the sake of its getter: most creations call nobody, a digest is not free, and neither is an accessor. */
class AttemptContext<Tx, Native> implements CreateContext<Tx, Native> {
  readonly tx: Tx
  readonly principal: string
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  readonly request: Native
  readonly #session: Pick<Session<Tx>, 'signal'>
  readonly #claim: Claim | undefined

  constructor(
    { params, requestId, native }: CreationRequest<Native>,
    principal: string,
    claim: Claim | undefined,
    session: Pick<Session<Tx>, 'tx' | 'signal'>,
  ) {
    this.tx = session.tx
    this.principal = principal
    this.params = params
    this.requestId = requestId
    this.request = native
    this.#session = session
    this.#claim = claim
  }

  get signal(): Signal | undefined {
    return this.#session.signal
  }

  get attemptKey(): string | undefined {
    return this.#claim && attemptKeyOf(this.#claim)
  }
}
