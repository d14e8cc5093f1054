/** The database cannot be used now: out of reach, full, read-only. Nothing was acknowledged. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
  }
}

/** The database cannot keep a text that it was given, such as one with U+0000; everything is rolled back. */
export class TextRefusedError extends Error {
  override readonly name = 'TextRefusedError'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
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
