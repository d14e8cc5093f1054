/** What `values` knows besides the input. */
export interface InsertContext<Native = unknown> {
  readonly principal: string
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  /** The framework's own request. */
  readonly request: Native
  /** The time of this creation, one for all its columns. */
  readonly now: Date
  /** Makes an id: a UUID of version 7, in order of time. */
  newId(): string
}

/**
 * A creation that is one row of one table. The library owns the statement, so that row and record take one round trip,
 * and creations that come at once commit together.
 */
export interface InsertSettings<Input, Row, Native> {
  /** The table, as `orders` or `shop.orders`. */
  readonly table: string
  /**
   * The columns and their values. The answer is made of them before anything is sent, so ids and times come from here;
   * where the database adds values of its own, the store notices and uses a transaction.
   */
  readonly values: (input: Input, context: InsertContext<Native>) => Row
}
