import type { Attempted } from '../../idempotency/store.ts'
import { databaseError } from './database-error.ts'
import type { Connection } from './driver.ts'
import type { Guard } from './guard.ts'
import { textLiteral } from './literals.ts'

/** The library's savepoint in front of a step that may break a unique rule. */
export const SAVEPOINT = 'savepoint createonce_attempt'

const UNIQUE_VIOLATION = '23505'
// EXCLUDE constraints and WITHOUT OVERLAPS are rules of the same kind: two bookings of one room at one time.
const EXCLUSION_VIOLATION = '23P01'

/**
 * Runs a step behind a savepoint; `isMarked` says that it is set already. The savepoint is not released where the step
 * works: COMMIT does that too, and a round trip is spared.
 */
export async function attempt<T>(
  connection: Pick<Connection<unknown>, 'run'>,
  guard: Guard,
  isMarked: boolean,
  step: () => T | Promise<T>,
): Promise<Attempted<T>> {
  if (!isMarked) {
    await guard.settled()
    await connection.run(SAVEPOINT)
  }
  try {
    return { kind: 'done', value: await step() }
  } catch (error) {
    const violation = databaseError(error)
    if (violation?.code !== UNIQUE_VIOLATION && violation?.code !== EXCLUSION_VIOLATION) throw error
    await guard.settled()
    const { rows } = await connection.run(
      `rollback to savepoint createonce_attempt; release savepoint createonce_attempt; ${columnsOf(violation)}`,
    )
    return { kind: 'conflict', fields: rows.map(({ columnname }) => String(columnname)), error }
  }
}

/**
 * Asks the catalogue for the columns of a broken rule, in their order: those of its index, then those that its
 * expressions and its condition use. The error's own `detail` would name them too, but it is translated, holds the
 * values, writes expressions out, and is left away from roles that may not read the columns.
 */
function columnsOf({ schema = '', constraint = '' }: { schema: string | undefined; constraint: string | undefined }) {
  return `select a.attname as columnname
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_index i on i.indexrelid = c.oid
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum > 0
    where n.nspname = ${textLiteral(schema)} and c.relname = ${textLiteral(constraint)}
    and (a.attnum = any (i.indkey) or exists (select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = i.indrelid and d.refobjsubid = a.attnum))
    order by array_position(i.indkey::int2[], a.attnum), a.attnum`
}
