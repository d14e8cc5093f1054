import type { Guard } from './guard.ts'

/** What a text of one or more statements came to. */
export interface Ran {
  /** The rows of all statements, in their order. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** The command tag of the last statement, without its count: `COMMIT`, `ROLLBACK`, `INSERT`. */
  readonly command: string
}

/** One connection on loan for one transaction. */
export interface Connection<Client> {
  /** Sends statements as one message, by the simple protocol: one round trip. The first error ends the message. */
  run(text: string): Promise<Ran>
  /**
   * Like `run`, for the first message of a loan. `rest` learns which statements this physical connection has prepared;
   * `begin` and the rest go out together, whether as one message or as two.
   */
  open(begin: string, rest: (prepared: Set<string>) => string): Promise<Ran>
  /** The author's handle: the driver's own interface over this connection, as far as `guard` permits. */
  guarded(guard: Guard): Client
  /** Whether the connection has broken; what it was doing is then unknown. */
  isLost(): boolean
  /** Gives it back for the next transaction. */
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
  connect(): Promise<Connection<Client>>
}
