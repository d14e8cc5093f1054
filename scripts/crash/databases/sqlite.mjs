import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SQLITE_TABLES } from '../service/tables.mjs'

/** A SQLite file; `server` is what the service needs to find it. */
export async function openSqlite(folder) {
  const file = join(folder, 'data.db')
  const { DatabaseSync } =
    process.getBuiltinModule?.('node:sqlite') ?? createRequire(import.meta.url)('@photostructure/sqlite')
  return {
    server: { file },
    async rows(table) {
      const database = new DatabaseSync(file)
      database.exec(SQLITE_TABLES)
      const rows = database.prepare(`select * from ${table}`).all()
      database.close()
      return rows
    },
    close: async () => {},
  }
}
