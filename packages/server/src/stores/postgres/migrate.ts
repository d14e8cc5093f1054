import { postgresMigrations, postgresWorksWith } from '../migrations/postgres.ts'
import { refuseUnknown } from '../migrations/refuse-unknown.ts'
import { databaseError } from './database-error.ts'
import type { Connection } from './driver.ts'
import { identifier, textLiteral } from './literals.ts'

/** The first number of the advisory locks of start-up ("creb"), apart from those of claims. */
export const START_LOCKS = 0x63726562

// Another process has made it between our look and our statement: possible only where the lock below does not exclude.
// https://www.postgresql.org/docs/current/errcodes-appendix.html: unique_violation, duplicate_schema, duplicate_table,
// duplicate_column, deadlock_detected, and "tuple concurrently updated", which has no code of its own.
const MADE_BY_ANOTHER = new Set(['23505', '40P01', '42701', '42P06', '42P07', 'XX000'])

/** What one look at the schema came to. */
export type Migrated = 'up to date' | 'try again'

/**
 * Brings the schema up to date in the transaction that has begun on the connection, and ends it; of many processes that start at
 * once, one migrates and the others find it done. A schema that a newer version has expanded is worked with as it is; one
 * that does not work with this version any more is refused. Nothing is asked of a role that may not create, as long as
 * there is nothing to do.
 */
export async function migrate(
  connection: Pick<Connection<unknown>, 'run'>,
  { schema, isAllowed }: { readonly schema: string; readonly isAllowed: boolean },
): Promise<Migrated> {
  const migrations = postgresMigrations(schema)
  const name = identifier(schema)
  if ((await latest()) >= migrations.length) return end('up to date')
  if (!isAllowed) {
    throw new Error(
      `The schema ${schema} of Createonce is missing or older than this version, and \`migrate: false\` is set: migrate with a role that may create it.`,
    )
  }
  try {
    await bringUpToDate()
    return 'up to date'
  } catch (error) {
    if (!MADE_BY_ANOTHER.has(databaseError(error)?.code ?? '')) throw error
    return end('try again')
  }

  async function end(migrated: Migrated): Promise<Migrated> {
    await connection.run('rollback')
    return migrated
  }

  async function latest(): Promise<number> {
    // The table is looked for by name first: reading one that is missing would be an error, and end the transaction.
    const found = await connection.run(
      `select 1 as present from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${textLiteral(schema)} and c.relname = 'migration'`,
    )
    if (found.rows.length === 0) return 0
    // The column is younger than the table: as a member of JSON it may be missing.
    const { rows } = await connection.run(
      `select number::text, to_jsonb(m) ->> 'works_with' as works_with from ${name}.migration m order by number desc limit 1`,
    )
    const number = Number(rows[0]?.['number'] ?? 0)
    const worksWith = rows[0]?.['works_with']
    refuseUnknown({ latest: number, worksWith: worksWith == null ? undefined : Number(worksWith) }, migrations.length)
    return number
  }

  async function bringUpToDate(): Promise<void> {
    // The lock must come first: whoever waits for it looks only afterwards, in a new statement, and finds all done.
    await connection.run(`select pg_advisory_xact_lock(${START_LOCKS}, 0)`)
    const done = await latest()
    // IF NOT EXISTS would ask for the right to create schemas even where there is one.
    const existing = await connection.run(
      `select 1 as present from pg_catalog.pg_namespace where nspname = ${textLiteral(schema)}`,
    )
    if (existing.rows.length === 0) await connection.run(`create schema ${name}`)
    const missing = migrations.slice(done).map((sql, index) => {
      const number = done + index + 1
      const values = `${number}, ${postgresWorksWith[number - 1]}`
      return `${sql}; insert into ${name}.migration (number, works_with) values (${values})`
    })
    await connection.run(
      [
        `create table if not exists ${name}.migration (number integer primary key, applied_at timestamptz not null default now(), works_with integer)`,
        ...((await isOldTable()) ? [`alter table ${name}.migration add column works_with integer`] : []),
        ...missing,
        'commit',
      ].join(';'),
    )
  }

  // The first ones had no such column. To add it where it is there would lock the table all the same.
  async function isOldTable(): Promise<boolean> {
    const { rows } = await connection.run(
      `select (not exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'works_with'))::text as old
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${textLiteral(schema)} and c.relname = 'migration'`,
    )
    return rows[0]?.['old'] === 'true'
  }
}
