/** A value of a parameter. */
export type PgValue = string | number | null

/** A statement; with a name, each connection prepares it once. */
export interface PgQuery {
  readonly name?: string
  readonly text: string
  readonly values?: readonly PgValue[]
}

export type PgRow = Readonly<Record<string, unknown>>

/** What answers statements: a client, a pool, or the handle on a transaction. */
export interface PgQueryable {
  query(query: PgQuery): Promise<{ readonly rows: readonly PgRow[]; readonly rowCount: number | null }>
}

/** The part of a client of `pg` that is used. */
export interface PgClient extends PgQueryable {
  query(query: PgQuery): Promise<{ readonly rows: readonly PgRow[]; readonly rowCount: number | null }>
  query(text: string): Promise<unknown>
  release(error?: Error | boolean): void
  on(event: 'error' | 'end', listener: () => void): unknown
}

/** The part of a pool of `pg` that is used. */
export interface PgPool {
  connect(): Promise<PgClient>
  end(): Promise<void>
  on(event: 'error', listener: () => void): unknown
}

/** The part of the module that is used. */
export interface PgModule {
  readonly Client: new (options: object) => object
  readonly Pool: new (options: object) => PgPool
}
