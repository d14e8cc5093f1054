import type { Logger, Observer } from '@createonce/server'
import type { SqliteStore } from '@createonce/server/sqlite'

/** What every creation of the bookshop has in common. */
export interface Service {
  readonly store: SqliteStore
  readonly publicBaseUrl?: string
  readonly log?: Logger
  readonly maxBodyBytes?: number
  readonly observe?: Observer
}
