import type { CompleteErasure } from '../../idempotency/erasure.ts'
import { scopesOf } from '../../idempotency/scope.ts'
import { BEGIN, COMMIT } from './commands.ts'
import type { Ran } from './driver.ts'
import type { Lender } from './lender.ts'
import { identifier, textLiteral } from './literals.ts'
import { defineCommand, defineStatement, type Step } from './statement.ts'

/** What one batch is bounded by. */
interface Bounds {
  readonly schema: string
  readonly statementMs: number
  readonly lockMs: number
}

// Eight megabytes, read in the order of the disk: some tens of milliseconds.
const PAGES = 1_024

/**
 * Deletes the records of a principal, wherever they are. There is no index on the scope, which every creation would pay
 * for: the table is read once, a range of pages at a time (TID Range Scan), and each range is a transaction of its own.
 * A record is never moved by an update, so none that was there at the beginning is passed over, unless the whole table
 * is written anew meanwhile (VACUUM FULL, CLUSTER).
 */
export async function* eraseRecords<Client>(
  lender: Lender<Client>,
  { schema, statementMs, lockMs }: Bounds,
  { principal, batchSize }: CompleteErasure,
): AsyncGenerator<number> {
  const table = `${identifier(schema)}.record`
  const bounds = [`statement_timeout = ${statementMs}`, `lock_timeout = ${lockMs}`].map((bound) =>
    defineCommand(`set local ${bound}`, false),
  )
  const { rows } = await transact(
    lender,
    asking(
      'pages',
      `select (pg_relation_size(${textLiteral(table)}) / current_setting('block_size')::int)::text as pages`,
    ),
  )
  const pages = Number(rows[0]?.['pages'])
  for (let from = 0; from < pages; from += PAGES) {
    // Chosen once, as an array, and deleted by their places: as a condition, the limit may be asked for again and again.
    const erase = asking(
      'erased',
      `with erased as (delete from ${table} where ctid = any (array (select ctid from ${table}
        where ctid >= '(${from},0)' and ctid < '(${from + PAGES},0)'
        and starts_with(scope, ${textLiteral(scopesOf(principal))}) limit ${batchSize})) returning 1)
      select count(*)::text as erased from erased`,
    )
    for (let erased = batchSize; erased === batchSize; ) {
      const ran = await transact(lender, ...bounds, erase)
      erased = Number(ran.rows[0]?.['erased'])
      yield erased
    }
  }
}

/** A statement that is rarely needed, so that no connection keeps it. */
function asking(column: string, text: string): Step {
  return defineStatement({ name: '', types: [], columns: [column], isPrepared: false }, () => text)()
}

async function transact<Client>(lender: Lender<Client>, ...steps: readonly Step[]): Promise<Ran> {
  const connection = await lender.lend(BEGIN)
  if (connection === 'busy') throw new Error('The pool of PostgreSQL has no free connection.')
  try {
    const ran = await connection.open([...steps, COMMIT])
    connection.release()
    return ran
  } catch (error) {
    connection.destroy()
    throw error
  }
}
