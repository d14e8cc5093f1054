import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import { whenFree } from './back-off.ts'
import type { OpenSqlite, SqliteDatabase } from './driver.ts'
import { isMissing, resultCode } from './errors.ts'
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
// 16 MB of write-ahead log instead of 4: each checkpoint syncs twice and writes every page that has changed, and a group
// commit changes many, the same ones again and again.
const CHECKPOINT_PAGES = 4_000

export async function openConnections(
  open: OpenSqlite,
  options: {
    file: string
    schema: string
    durability: 'full' | 'normal'
    time: Time
    busyMs: number
    random: () => number
  },
): Promise<SqliteConnections> {
  const { file, time, random } = options
  if (file === '' || /:memory:|^file:.*[?&]mode=memory/.test(file)) {
    throw new TypeError(
      'A SQLite store needs a file: reads and writes use two connections, which cannot share memory. For tests use memoryStore(), or a file in a temporary folder.',
    )
  }
  const writing = explained(file, () => open(file, { readOnly: false }))
  try {
    const prepare = () => explained(file, () => prepareFile(writing, options))
    const prepared = await whenFree(prepare, { time, random, until: time.now() + options.busyMs })
    if (prepared.kind === 'busy') {
      throw new StoreUnavailableError(`Another process has locked ${file} for more than ${options.busyMs} ms.`)
    }
    const reading = explained(file, () => open(file, { readOnly: true }))
    neverSleep(reading)
    const { version } = writing.prepare('select sqlite_version() as version').get() as { version: string }
    return { writing, reading, version }
  } catch (error) {
    writing.close()
    throw error
  }
}

function prepareFile(
  database: SqliteDatabase,
  { schema, durability }: { readonly schema: string; readonly durability: 'full' | 'normal' },
): void {
  neverSleep(database)
  const { journal_mode: mode } = database.prepare('pragma journal_mode = wal').get() as { journal_mode: string }
  if (mode !== 'wal') {
    throw new Error(
      `its file system does not allow write-ahead logging (journal_mode stays '${mode}'); use a local disk`,
    )
  }
  database.exec(`pragma synchronous = ${durability}; pragma foreign_keys = on;
    pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  database.exec('begin immediate')
  try {
    migrate(database)
    if (schema !== '') runSchema(database, schema)
    database.exec('commit')
  } catch (error) {
    try {
      database.exec('rollback')
    } catch {
      // The transaction has ended already; the first error says why.
    }
    throw error
  }
}

// Deno opens with five seconds of waiting in SQLite, which stop the event loop; Node and Bun with none.
function neverSleep(database: SqliteDatabase): void {
  database.exec('pragma busy_timeout = 0')
}

function runSchema(database: SqliteDatabase, schema: string): void {
  try {
    database.exec(schema)
  } catch (cause) {
    const { message } = cause as Error
    throw Object.assign(new Error(`the setting schema fails: ${message}`, { cause }), { errcode: resultCode(cause) })
  }
  try {
    // One BEGIN more fails as long as the transaction is open.
    database.exec('begin')
  } catch {
    return
  }
  throw new Error('the setting schema ends the transaction in which it runs; leave BEGIN, COMMIT and ROLLBACK out')
}

function explained<T>(file: string, step: () => T): T {
  try {
    return step()
  } catch (cause) {
    const { message } = cause as Error
    const advice = isMissing(cause) ? '; its folder must exist and be writable, and it must be no folder itself' : ''
    const text = `The SQLite file ${file} cannot be used: ${message.replace(/\.$/, '')}${advice}.`
    // Only the message gets the file's name: the code stays, since a busy file is tried again.
    throw Object.assign(new StoreUnavailableError(text, { cause }), { errcode: resultCode(cause) })
  }
}
