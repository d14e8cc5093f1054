/** The database cannot be used now: out of reach, full, read-only. Nothing was acknowledged. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
  }
}

/** What is wrong with a member of the body, as a schema says it. */
export interface InputIssue {
  readonly message: string
  readonly path: readonly string[]
}

/**
 * The database cannot keep a value that it was given; everything is rolled back. It may be the author's own, so `find` looks
 * for it in the body: what it finds is the client's to mend, and is answered as invalid input.
 */
export class InputRefusedError extends Error {
  override readonly name = 'InputRefusedError'
  readonly find: (body: unknown) => readonly InputIssue[]
  constructor(message: string, { find, ...options }: ErrorOptions & { find: InputRefusedError['find'] }) {
    super(message, options)
    this.find = find
  }
}

/** The author's `create` ended the transaction itself, or held it for too long; everything of it is rolled back. */
export class TransactionLostError extends Error {
  override readonly name = 'TransactionLostError'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
  }
}

/**
 * Thrown by the author's `create` over a leased store, where it cannot tell whether its effect happened: a payment
 * provider that did not answer in time. It counts as a crash: under `onCrash: 'block'` the key is blocked. What is
 * thrown otherwise says that nothing happened, and frees the key.
 *
 * @example
 * throw new UnknownOutcomeError('The payment provider did not answer.', { cause: error })
 */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
  }
}
