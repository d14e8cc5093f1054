import { openSqliteFile } from '../../../commands/open-sqlite-file.ts'
import type { Rows, RowsOptions, Table } from '../rows.ts'
import { bringUpToDate } from './bring-up-to-date.ts'
import { schemaOf } from './schema.ts'
import { sqliteRows } from './sqlite-rows.ts'

/** Opens a file, or a temporary one where none is named, and makes and updates its tables. */
export async function openSqliteRows(
  file: string | undefined,
  tables: readonly Table[],
  { observe }: RowsOptions,
): Promise<Rows<unknown>> {
  const { store, where, close } = await openSqliteFile(file, {
    schema: schemaOf(tables),
    ...(observe !== undefined && { observe }),
  })
  try {
    await store.write((tx) => bringUpToDate(tx, tables))
  } catch (error) {
    await close()
    throw error
  }
  return sqliteRows(store, where, close)
}
