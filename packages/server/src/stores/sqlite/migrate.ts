import { refuseUnknown, type SchemaFound } from '../migrations/refuse-unknown.ts'
import { sqliteMigrations, sqliteWorksWith } from '../migrations/sqlite.ts'
import type { SqliteDatabase } from './driver.ts'

/**
 * Brings the schema up to date inside the caller's write transaction, so that of many processes that start at once
 * one migrates and the others find it done. A schema that a newer version has expanded is worked with as it is; one
 * that does not work with this version any more is refused.
 */
export function migrate(database: SqliteDatabase): void {
  database.exec(
    'create table if not exists createonce_migration (number integer primary key, applied_at text not null, works_with integer) strict',
  )
  const found = newest(database)
  refuseUnknown(found, sqliteMigrations.length)
  if (found.latest >= sqliteMigrations.length) return
  if (!knowsWorksWith(database)) database.exec('alter table createonce_migration add column works_with integer')
  const note = database.prepare(
    "insert into createonce_migration (number, applied_at, works_with) values (?, datetime('now'), ?)",
  )
  for (let number = found.latest + 1; number <= sqliteMigrations.length; number++) {
    sqliteMigrations[number - 1]!(database)
    note.run(number, sqliteWorksWith[number - 1]!)
  }
}

function newest(database: SqliteDatabase): SchemaFound {
  const row = database.prepare('select * from createonce_migration order by number desc limit 1').get()
  const worksWith = row?.['works_with']
  return { latest: Number(row?.['number'] ?? 0), worksWith: typeof worksWith === 'number' ? worksWith : undefined }
}

// Files of the first versions have no such column.
function knowsWorksWith(database: SqliteDatabase): boolean {
  const sql = "select 1 as present from pragma_table_info('createonce_migration') where name = 'works_with'"
  return database.prepare(sql).get() !== undefined
}
