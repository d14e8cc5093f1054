/** The neutral response that the core makes and every adapter sends. */
export interface Answer {
  readonly status: number
  /** Names in the spelling in which they go out; values are ASCII without control characters. */
  readonly headers: Readonly<Record<string, string>>
  /** The exact text of the body; absent where the answer has none. */
  readonly body?: string
}
