/** A value that SQLite stores. */
export type SqliteValue = null | number | bigint | string | Uint8Array

/** A row as the driver returns it. */
export type SqliteRow = Record<string, SqliteValue>

/** A prepared statement, as `node:sqlite` has it. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
  get(...values: SqliteValue[]): SqliteRow | undefined
  all(...values: SqliteValue[]): SqliteRow[]
}

/** The part of `node:sqlite`'s `DatabaseSync` that the store uses. */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement
  exec(sql: string): void
  close(): void
}

/** Makes a connection to a file. */
export type OpenSqlite = (file: string, options: { readonly readOnly: boolean }) => SqliteDatabase

type DriverModule = { readonly DatabaseSync: new (file: string, options: { readOnly: boolean }) => SqliteDatabase }

/**
 * Finds a driver: `node:sqlite` where this Node has it (22.13 and later), else the package `@photostructure/sqlite`,
 * which has the same API. Throws with the install command where there is neither.
 */
export async function findSqliteDriver(): Promise<OpenSqlite> {
  const { DatabaseSync } = builtin() ?? (await installed())
  return (file, options) => new DatabaseSync(file, options)
}

function builtin(): DriverModule | undefined {
  // Asked this way, because a static import of a module that this Node lacks would fail before any message.
  return process.getBuiltinModule?.('node:sqlite') as DriverModule | undefined
}

async function installed(): Promise<DriverModule> {
  // A name in a variable: bundlers and compilers must not resolve an optional peer.
  const name = '@photostructure/sqlite'
  try {
    return (await import(name)) as DriverModule
  } catch (cause) {
    throw new Error(
      `This Node (${process.version}) has no node:sqlite and the package @photostructure/sqlite cannot be loaded: npm install @photostructure/sqlite@1, or use Node 22.13 or later.`,
      { cause },
    )
  }
}
