import type { PostgresConnection } from './open-postgres.ts'

/** What a statement came to. */
export type Tried =
  | { readonly kind: 'done' }
  /** By a privilege that is missing. */
  | { readonly kind: 'forbidden'; readonly message: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

// https://www.postgresql.org/docs/current/errcodes-appendix.html: insufficient_privilege
const FORBIDDEN = '42501'

/** Runs a statement in the transaction that has begun, which goes on where it fails. */
export async function tryStatement({ query }: PostgresConnection, text: string): Promise<Tried> {
  await query('savepoint doctor')
  try {
    await query(text)
    await query('release savepoint doctor')
    return { kind: 'done' }
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    // Without a code it is no answer of the database, and there is no connection to go on with.
    if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) throw error
    await query('rollback to savepoint doctor')
    return code === FORBIDDEN ? { kind: 'forbidden', message } : { kind: 'failed', code, message }
  }
}
