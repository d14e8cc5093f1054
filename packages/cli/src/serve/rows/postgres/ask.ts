import { StoreUnavailableError } from '@createonce/server'
import type { PgQuery, PgQueryable, PgRow } from './pg.ts'

// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, insufficient resources,
// operator intervention. What has no code at all did not come from the server.
const AWAY = /^(08|53|57)/

/** Asks outside of a transaction; throws StoreUnavailableError where the database does not answer. */
export async function ask(from: PgQueryable, query: PgQuery): Promise<readonly PgRow[]> {
  try {
    return (await from.query(query)).rows
  } catch (cause) {
    const { code, message } = cause as { readonly code?: unknown; readonly message?: string }
    const isAway = typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || AWAY.test(code)
    if (!isAway) throw cause
    throw new StoreUnavailableError(`PostgreSQL could not be asked: ${message || String(code)}.`, { cause })
  }
}
