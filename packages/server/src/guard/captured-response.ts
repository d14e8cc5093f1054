/** What a handler has answered, as far as it is recorded. */
export interface CapturedResponse {
  readonly status: number
  /** Lower-case names; several lines of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * The whole body; empty where there is none. Undefined where it is not known whole: it is larger than what is held
   * back, or it streams.
   */
  readonly body: Uint8Array | undefined
}
