import type { Guard } from './guard.ts'
import type { Step } from './statement.ts'

/** What a message of one or more statements came to. */
export interface Ran {
  /** The rows of all statements, in their order. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** The command tag of the last statement, without its count: `COMMIT`, `ROLLBACK`, `INSERT`. */
  readonly command: string
}

/** One connection on loan. */
export interface Connection<Client> {
  /** Sends the first steps, behind the one that the loan was asked to begin with, in one round trip. */
  open(steps: readonly Step[]): Promise<Ran>
  /**
   * Sends steps as one message: one round trip. The first error ends the message. `isLast` says that the message ends
   * the transaction and the loan, unless it fails; `release` need not ask the server then.
   */
  send(steps: readonly Step[], isLast?: boolean): Promise<Ran>
  /**
   * Sends steps as one message that is a transaction of its own, in place of `open`: when it resolves, they are
   * committed; when the database refuses them, none is kept and no transaction is left open.
   */
  atomically(steps: readonly Step[]): Promise<Ran>
  /** Sends text as one message of the simple protocol; otherwise like `send`. */
  run(text: string): Promise<Ran>
  /** The author's handle: the driver's own interface over this connection, as far as `guard` permits. */
  guarded(guard: Guard): Client
  /** `lost` is a connection that has broken: what it was doing is unknown. `ended` is a loan that is over already. */
  state(): 'open' | 'ended' | 'lost'
  /** Gives it back, its transaction being over. One of which it is unknown what it has prepared is closed. */
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
  /** Waits for a connection whose first statement is to be `begin`; none where it is to begin with none. */
  connect(begin: Step | undefined): Promise<Connection<Client>>
}
