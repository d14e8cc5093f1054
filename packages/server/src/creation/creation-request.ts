/** The body as the adapter came by it. */
export type RequestBody =
  | { readonly kind: 'absent' }
  /** The bytes as they were sent: exact numbers and repeated member names can be seen. */
  | { readonly kind: 'raw'; readonly bytes: Uint8Array }
  /** A value that the framework parsed before: what the parser lost cannot be seen any more. */
  | { readonly kind: 'parsed'; readonly value: unknown }
  /** Somebody read it before the adapter could, and kept nothing: a fault of the service. */
  | { readonly kind: 'lost' }

/** The neutral request that every adapter makes and the core takes. */
export interface CreationRequest<Native = unknown> {
  readonly method: string
  /** The path as it was asked for, still encoded, without the query. */
  readonly path: string
  /** The query as it was asked for, without `?`; empty where there is none. */
  readonly query: string
  /** The decoded path parameters. */
  readonly params: Readonly<Record<string, string>>
  /** Lower-case names, as Node gives them: several lines of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: RequestBody
  /** The framework's id of this request; it stands in logs and problems. */
  readonly requestId: string
  /** The framework's own request, for `principal` and `create`. */
  readonly native: Native
  /**
   * For frameworks whose handlers answer by throwing: the status of an error that is theirs to answer, or `undefined`
   * for a fault. Everything is rolled back in both cases; the answer of the first then only carries the error, as `passed`.
   */
  readonly passes?: ((error: unknown) => number | undefined) | undefined
}
