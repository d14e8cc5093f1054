/** The neutral response that the core makes and every adapter sends. */
export interface Answer {
  readonly status: number
  /** Names in the spelling in which they go out; values are ASCII without control characters. */
  readonly headers: Readonly<Record<string, string>>
  /** The exact text of the body; absent where the answer has none. */
  readonly body?: string
  /** The error that the framework's own error handling answers instead: only where the request said so, by `passes`. */
  readonly passed?: { readonly error: unknown }
}
