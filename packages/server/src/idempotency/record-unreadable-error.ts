/** There is a record, and its answer cannot be read here. Nothing was executed. */
export class RecordUnreadableError extends Error {
  override readonly name = 'RecordUnreadableError'
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
  }
}
