import { sqliteStore } from '@createonce/server/sqlite'
import { sqlCreations } from './sql-creations.mjs'
import { SQLITE_TABLES } from './tables.mjs'

/** The service over a SQLite file. */
export async function openService({ file }, seed) {
  const store = await sqliteStore({ file, schema: SQLITE_TABLES })
  return {
    creations: sqlCreations({
      store: seed(store),
      insert: (tx, table, row) =>
        tx.prepare(`insert into ${table} (${Object.keys(row)}) values (?, ?, ?)`).run(...Object.values(row)),
      find: (tx, name) => tx.prepare('select id, name, via from named where name = ?').get(name),
    }),
    close: () => store.close(),
    read: async (table, id) => store.read.prepare(`select * from ${table} where id = ?`).get(id),
  }
}
