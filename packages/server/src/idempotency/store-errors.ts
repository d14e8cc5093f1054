/** The database cannot be used now: out of reach, full, read-only. Nothing was acknowledged. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
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
