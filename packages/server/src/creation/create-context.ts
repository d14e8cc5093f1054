/** What `create` knows besides the input. */
export interface CreateContext<Tx, Native = unknown> {
  /** The transaction in which the key's record is written too: what goes through it is kept exactly once. */
  readonly tx: Tx
  readonly principal: string
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  /** The framework's own request. */
  readonly request: Native
}
