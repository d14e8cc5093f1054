import type { Observer } from '@createonce/server'
import { bookshopTables } from '../bookshop/tables.ts'
import { UsageError } from '../usage-error.ts'
import { type OpenedStore, openSqliteFile } from './open-sqlite-file.ts'
import { storeNamed } from './store-named.ts'

/** Opens what `--store` names for the bookshop: `sqlite:FILE`, or `memory:` for a temporary file that goes with the process. */
export async function openStore(text: string, observe: Observer): Promise<OpenedStore> {
  const named = storeNamed(text)
  if (named.kind === 'postgres') {
    throw new UsageError(
      '--store postgres:// is not in this version of the bookshop, which is kept in SQLite; use sqlite:FILE or memory:, or serve an OpenAPI document.',
    )
  }
  return openSqliteFile(named.kind === 'sqlite' ? named.file : undefined, { schema: bookshopTables, observe })
}
