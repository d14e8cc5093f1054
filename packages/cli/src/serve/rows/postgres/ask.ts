import { StoreUnavailableError } from '@createonce/server'
import type { PgClient, PgPool, PgQuery, PgRow } from './pg.ts'

// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, insufficient resources,
// operator intervention. What has no code of five characters did not come from the server.
const AWAY = /^(08|53|57)/

/** Asks outside of a transaction; throws StoreUnavailableError where the database does not answer. */
export async function ask(pool: PgPool, query: PgQuery): Promise<readonly PgRow[]> {
  let client: PgClient
  try {
    client = await pool.connect()
  } catch (cause) {
    throw unavailable(cause)
  }
  try {
    const { rows } = await client.query(query)
    client.release()
    return rows
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown }
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !AWAY.test(code)) {
      client.release()
      throw cause
    }
    client.release(true)
    throw unavailable(cause)
  }
}

function unavailable(cause: unknown): StoreUnavailableError {
  const { code, message } = cause as { readonly code?: unknown; readonly message?: string }
  return new StoreUnavailableError(`PostgreSQL could not be asked: ${message || String(code)}.`, { cause })
}
