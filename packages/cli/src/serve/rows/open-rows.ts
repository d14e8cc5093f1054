import { storeNamed } from '../../commands/store-named.ts'
import { openPostgresRows } from './postgres/open-postgres-rows.ts'
import type { Rows, RowsOptions, Table } from './rows.ts'
import { openSqliteRows } from './sqlite/open-sqlite-rows.ts'

/**
 * Opens the database that `--store` names (`sqlite:FILE`, `postgres://…`, `postgresql://…`, or `memory:` for a temporary
 * one) and brings its tables up to date with what is to be kept in it. Throws a UsageError that says what is wrong: with
 * the text, with the database, or with rows that a new natural key would make the same one.
 */
export async function openRows(
  text: string,
  tables: readonly Table[],
  options: RowsOptions = {},
): Promise<Rows<unknown>> {
  const named = storeNamed(text)
  if (named.kind === 'postgres') return openPostgresRows(named.url, tables, options)
  return openSqliteRows(named.kind === 'sqlite' ? named.file : undefined, tables, options)
}
