/** A row with the same unique values exists; thrown by the memory store's `insert`. */
export class UniqueViolationError extends Error {
  override readonly name = 'UniqueViolationError'
  readonly fields: readonly string[]
  constructor(table: string, fields: readonly string[]) {
    super(`${table}: a row with the same ${fields.join(', ')} exists.`)
    this.fields = fields
  }
}
