import type { SqliteStatement } from './driver.ts'

/** What has to be known of a table before a row of it can be declared. */
export interface TableFacts {
  /** The name, quoted. */
  readonly name: string
  readonly primaryKey: readonly string[]
  /** Columns that the database fills in where they are not given: defaults, generated ones, the rowid's alias. */
  readonly filled: readonly string[]
  /** Whether triggers may change what is inserted. */
  readonly hasTriggers: boolean
  readonly references: readonly { readonly column: string; readonly table: string; readonly target: string | null }[]
}

/** Reads the catalog. Throws where there is no such table. */
export function readTableFacts(prepare: (sql: string) => SqliteStatement, table: string): TableFacts {
  const name = table.split('.').map(quoted).join('.')
  const short = table.split('.').at(-1)!
  const info = prepare('select name, type, dflt_value, pk, hidden from pragma_table_xinfo(?)').all(short)
  if (info.length === 0)
    throw new Error(`There is no table ${table}; create it before the first request, e.g. in \`schema\`.`)
  const triggers = prepare(
    "select count(*) as count from sqlite_schema where type = 'trigger' and lower(tbl_name) = lower(?)",
  ).get(short)
  const keyColumns = info.filter(({ pk }) => Number(pk) > 0)
  const filled = info.filter(
    ({ dflt_value: byDefault, hidden, pk, type }) =>
      byDefault !== null ||
      Number(hidden) !== 0 ||
      (Number(pk) > 0 && keyColumns.length === 1 && String(type).toUpperCase() === 'INTEGER'),
  )
  return {
    name,
    primaryKey: keyColumns.map((column) => String(column['name'])),
    filled: filled.map((column) => String(column['name'])),
    hasTriggers: Number(triggers?.['count']) > 0,
    references: prepare('select "from" as "column", "table", "to" as target from pragma_foreign_key_list(?)')
      .all(short)
      .map((row) => ({
        column: String(row['column']),
        table: String(row['table']),
        target: row['target'] as string | null,
      })),
  }
}

/** A name as SQL writes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
