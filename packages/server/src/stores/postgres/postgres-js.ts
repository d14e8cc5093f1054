/** The part of postgres.js's `sql` that is used. */
export interface PostgresJs {
  unsafe(text: string): PromiseLike<unknown>
  /** Only its type is used, as that of the author's handle. */
  reserve(): Promise<unknown>
  readonly options?: { readonly max?: number }
}

/** A query of postgres.js: a promise that is sent by `handler` when somebody waits for it. */
export interface PostgresJsQuery extends Promise<unknown> {
  handler(query: PostgresJsQuery): void
  execute(): PostgresJsQuery
  resolve(value: unknown): void
  reject(error: unknown): void
  readonly strings: readonly string[]
  readonly args: readonly unknown[]
  readonly options: { simple?: boolean }
  readonly state: { readonly pid: number } | null
}

/** `sql` beyond the slice that types ask for. */
export interface AnySql {
  (...args: unknown[]): unknown
  unsafe(text: string, values?: readonly unknown[], options?: object): PostgresJsQuery
  readonly options?: unknown
}
