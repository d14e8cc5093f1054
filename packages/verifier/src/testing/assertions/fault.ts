/** What an assertion found wrong. */
export interface Fault {
  /** What was expected, by whom, and what was seen. */
  readonly message: string
  /** What to change, where that is known. */
  readonly fix?: string
  /** The check of the verifier that looks for the same; leads to the page about its cause. */
  readonly check?: string
}
