import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import { whenFree } from './back-off.ts'
import type { OpenSqlite, SqliteDatabase } from './driver.ts'
import { migrate } from './migrate.ts'

/** The two connections of a process: one writes, one reads what is committed. */
export interface SqliteConnections {
  readonly writing: SqliteDatabase
  readonly reading: SqliteDatabase
  /** The version of the SQLite library, e.g. `3.53.0`. */
  readonly version: string
}

/**
 * Opens the file, makes it durable (WAL, `synchronous=FULL`: a commit has reached the disk before it is
 * acknowledged), migrates, and runs the author's `schema`.
 */
export async function openConnections(
  open: OpenSqlite,
  options: { file: string; schema: string; time: Time; busyMs: number; random: () => number },
): Promise<SqliteConnections> {
  const { file } = options
  if (file === '' || file.includes(':memory:')) {
    throw new TypeError(
      'A SQLite store needs a file: reads and writes use two connections, which cannot share memory. For tests use memoryStore(), or a file in a temporary folder.',
    )
  }
  const writing = explained(file, () => open(file, { readOnly: false }))
  try {
    const prepared = await whenFree(() => explained(file, () => prepareFile(writing, options.schema)), options)
    if (prepared.kind === 'busy') {
      throw new StoreUnavailableError(`Another process has locked ${file} for more than ${options.busyMs} ms.`)
    }
    const reading = explained(file, () => open(file, { readOnly: true }))
    const { version } = writing.prepare('select sqlite_version() as version').get() as { version: string }
    return { writing, reading, version }
  } catch (error) {
    writing.close()
    throw error
  }
}

function prepareFile(database: SqliteDatabase, schema: string): void {
  const { journal_mode: mode } = database.prepare('pragma journal_mode = wal').get() as { journal_mode: string }
  if (mode !== 'wal') {
    throw new Error(
      `its file system does not allow write-ahead logging (journal_mode stays '${mode}'); use a local disk`,
    )
  }
  database.exec('pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 0')
  database.exec('begin immediate')
  try {
    migrate(database)
    if (schema !== '') database.exec(schema)
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}

function explained<T>(file: string, step: () => T): T {
  try {
    return step()
  } catch (cause) {
    const { message, errcode } = cause as Error & { errcode?: number }
    // Only the message gets the file's name: the code stays, since a busy file is tried again.
    throw Object.assign(new StoreUnavailableError(`The SQLite file ${file} cannot be used: ${message}.`, { cause }), {
      errcode,
    })
  }
}
