import { sqliteMigrations } from '../migrations/sqlite.ts'
import type { SqliteDatabase } from './driver.ts'

/**
 * Brings the schema up to date inside the caller's write transaction, so that of many processes that start at once
 * one migrates and the others find it done. Refuses a schema that is newer than this library: it cannot know what
 * that one promises.
 */
export function migrate(database: SqliteDatabase): void {
  database.exec(
    'create table if not exists createonce_migration (number integer primary key, applied_at text not null) strict',
  )
  const { latest } = database.prepare('select coalesce(max(number), 0) as latest from createonce_migration').get() as {
    latest: number
  }
  if (latest > sqliteMigrations.length) {
    throw new Error(
      `The database has schema ${latest} of Createonce, but this version knows only ${sqliteMigrations.length}: a newer version has migrated it. Update @createonce/server.`,
    )
  }
  for (let number = latest + 1; number <= sqliteMigrations.length; number++) {
    sqliteMigrations[number - 1]!(database)
    database.prepare("insert into createonce_migration (number, applied_at) values (?, datetime('now'))").run(number)
  }
}
