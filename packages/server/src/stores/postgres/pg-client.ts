import type { PgWire } from './pg-pipeline.ts'

/** The part of a client of `pg` that is used. */
export interface PgClient {
  query(text: string): Promise<unknown>
  release(error?: Error | boolean): void
  on(event: 'error' | 'end', listener: () => void): unknown
}

/** The part of a pool of `pg` that is used. */
export interface PgPool {
  connect(): Promise<PgClient>
  readonly options?: { readonly max?: number }
}

/** What `pg` accepts and has beyond the slice that types ask for. */
export interface AnyPgClient {
  query(config: unknown): Promise<unknown>
  readonly pipeline?: boolean
  readonly connection?: Partial<PgWire>
}
