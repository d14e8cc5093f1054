/** The fields of an error of PostgreSQL, as `pg` and postgres.js name them. */
export interface DatabaseError {
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly code: string
  readonly message: string
  readonly schema: string | undefined
  readonly table: string | undefined
  readonly constraint: string | undefined
}

// Query builders wrap the driver's error, some twice; nobody wraps deeper than this.
const DEEPEST = 5

/** Finds the database's error in an error or among its causes. */
export function databaseError(error: unknown): DatabaseError | undefined {
  let found = error as Record<string, unknown> | null | undefined
  for (let depth = 0; depth < DEEPEST && typeof found === 'object' && found !== null; depth++) {
    const { code } = found
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && isOfDatabase(found)) {
      return {
        code,
        message: String(found['message']),
        schema: textOf(found['schema'] ?? found['schema_name']),
        table: textOf(found['table'] ?? found['table_name']),
        constraint: textOf(found['constraint'] ?? found['constraint_name']),
      }
    }
    found = found['cause'] as typeof found
  }
  return undefined
}

/** Node has codes of five letters too, such as EPIPE; only the database tells the place in its source. */
function isOfDatabase(error: Record<string, unknown>): boolean {
  return typeof error['routine'] === 'string' || typeof error['severity'] === 'string'
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** invalid_sql_statement_name and duplicate_prepared_statement: somebody has deallocated, or prepared, under our names. */
export const UNPREPARED: ReadonlySet<string> = new Set(['26000', '42P05'])

/** What an error of the database means for the transaction in which it came. */
export type Meaning =
  | 'connection-gone'
  | 'try-again'
  | 'locked-for-too-long'
  | 'unavailable'
  | 'aborted'
  | 'text-refused'
  | 'fault'

/** Sorts errors by what has to be done about them. */
export function meaningOf(error: DatabaseError | undefined): Meaning {
  switch (error?.code) {
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
    case '26000': // invalid_sql_statement_name: somebody has deallocated what was prepared
    case '42P05': // duplicate_prepared_statement
      return 'try-again'
    case '55P03': // lock_not_available
      return 'locked-for-too-long'
    case '57P01': // admin_shutdown
    case '57P02': // crash_shutdown
    case '57P03': // cannot_connect_now
    case '57P05': // idle_session_timeout
    case '25P03': // idle_in_transaction_session_timeout
    case '25P04': // transaction_timeout
    case '25006': // read_only_sql_transaction: this was the primary once
      return 'connection-gone'
    case '25P02': // in_failed_sql_transaction
      return 'aborted'
    case '22021': // character_not_in_repertoire: U+0000 in a text
    case '22P05': // untranslatable_character: \u0000 in jsonb
      return 'text-refused'
    default:
      if (error === undefined) return 'fault'
      if (error.code.startsWith('08')) return 'connection-gone'
      // Out of disk, memory or connections; an error of the operating system; a damaged index.
      return /^(?:53|58|XX)/.test(error.code) ? 'unavailable' : 'fault'
  }
}
