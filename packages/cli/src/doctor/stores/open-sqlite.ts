import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { SqliteDatabase } from '@createonce/server/sqlite'
import type { Reading } from '../probe.ts'
import { loadFromProject } from './load-from-project.ts'

type SqliteModule = typeof import('@createonce/server/sqlite')

/** The SQLite store of the user's project; it knows which driver the service will have. */
export async function loadSqlite(configFile: string): Promise<SqliteModule> {
  return (await loadFromProject('@createonce/server/sqlite', configFile)) as unknown as SqliteModule
}

/** Opens a database, which is made where it is missing, for as long as `use` takes. */
export async function withSqlite<T>(
  configFile: string,
  file: string,
  use: (database: SqliteDatabase) => T,
): Promise<T> {
  const { findSqliteDriver } = await loadSqlite(configFile)
  const open = await findSqliteDriver()
  const database = open(file, { readOnly: false })
  try {
    return use(database)
  } finally {
    database.close()
  }
}

/** Opens a database of its own beside a file, and leaves nothing of it. */
export async function withSqliteBeside<T>(
  configFile: string,
  file: string,
  use: (database: SqliteDatabase) => T,
): Promise<T> {
  const beside = `${file}.doctor-${randomUUID()}`
  try {
    return await withSqlite(configFile, beside, use)
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${beside}${ending}`, { force: true })
  }
}

/** What an error of SQLite says of the file. */
export function explainSqliteError(error: unknown): Omit<Reading, 'subject'> {
  const { message, errcode = 0 } = error as Error & { readonly errcode?: number }
  // SQLITE_BUSY and SQLITE_LOCKED, https://www.sqlite.org/rescode.html
  if ([5, 6].includes(errcode & 0xff)) {
    return {
      kind: 'unknown',
      seen: 'another process holds the file',
      mend: 'Look again; if it stays so, find out who holds it (`fuser`, `lsof`).',
    }
  }
  return { kind: 'bad', seen: message }
}
