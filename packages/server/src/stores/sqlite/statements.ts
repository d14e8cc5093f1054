import type { SqliteDatabase, SqliteStatement } from './driver.ts'

// Statements are written in code, so there are few; a service that builds SQL from values must not grow for ever.
const MAX_STATEMENTS = 256

/** Prepares each statement once. */
export function createStatements(database: SqliteDatabase): (sql: string) => SqliteStatement {
  const prepared = new Map<string, SqliteStatement>()
  return (sql) => {
    let statement = prepared.get(sql)
    if (statement === undefined) {
      if (prepared.size === MAX_STATEMENTS) prepared.clear()
      statement = database.prepare(sql)
      prepared.set(sql, statement)
    }
    return statement
  }
}
