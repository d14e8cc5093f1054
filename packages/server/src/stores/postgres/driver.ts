import type { Guard } from './guard.ts'

/** What a text of one or more statements came to. */
export interface Ran {
  /** The rows of all statements, in their order. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** The command tag of the last statement, without its count: `COMMIT`, `ROLLBACK`, `INSERT`. */
  readonly command: string
}

/** One connection on loan. */
export interface Connection<Client> {
  /**
   * Sends the first statements, behind the one that the loan was asked to begin with, in one round trip. `rest` learns
   * which statements this physical connection has prepared, and adds those that it prepares.
   */
  open(rest: (prepared: Set<string>) => string): Promise<Ran>
  /**
   * Sends statements as one message, by the simple protocol: one round trip. The first error ends the message. `isLast`
   * says that the message ends the transaction and the loan, unless it fails; `release` need not ask the server then.
   */
  run(text: string, isLast?: boolean): Promise<Ran>
  /** The author's handle: the driver's own interface over this connection, as far as `guard` permits. */
  guarded(guard: Guard): Client
  /** `lost` is a connection that has broken: what it was doing is unknown. `ended` is a loan that is over already. */
  state(): 'open' | 'ended' | 'lost'
  /** Gives it back, its transaction being over. */
  release(): void
  /** Closes it: nobody may get a connection that is in an unknown state. */
  destroy(): void
}

/** The author's pool, through whichever library. */
export interface Driver<Client> {
  readonly name: string
  /** The pool itself: what belongs to one pool is kept by it. */
  readonly pool: object
  /** How many connections the pool may open, where it tells. */
  readonly size: number | undefined
  /** Waits for a connection whose first statement is to be `begin`; empty where it is to begin with none. */
  connect(begin: string): Promise<Connection<Client>>
}
