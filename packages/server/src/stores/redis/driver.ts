/** A command and its arguments, as Redis gets them. */
export type Command = readonly string[]

/** The author's client, through whichever library. */
export interface Driver {
  readonly name: string
  /** Whether all keys are on one server, so that one call may be about many of them. */
  readonly isOneServer: boolean
  /** Sends a command about one key to the server that holds the key. */
  send(key: string, command: Command): Promise<unknown>
  /** A way to each server that holds keys: one, or the primaries of a cluster. */
  primaries(): Promise<readonly ((command: Command) => Promise<unknown>)[]>
}
