import { findSqliteDriver, type SqliteDatabase } from '../../src/stores/sqlite/driver.ts'
import { type SqliteStore, type SqliteStoreOptions, sqliteStore } from '../../src/stores/sqlite.ts'
import { type ManualTime, manualTime } from '../../src/testing/manual-time.ts'
import { temporaryFile } from './temporary-file.ts'

/** A store on a file of its own whose clock the test moves, and a second connection as another process has it. */
export interface OpenedSqlite {
  readonly store: SqliteStore
  readonly time: ManualTime
  /** Takes the write lock of the file; the returned function gives it back. */
  lock(): () => void
  /** Inserts a thing and keeps it with the record of the key. */
  create(key: string, name?: string): ReturnType<typeof creation>
  names(): unknown[]
  close(): Promise<void>
}

export const claimOf = (key: string) => ({
  scope: 'anybody createThing',
  key,
  fingerprint: '1:f',
  retentionMs: 3_600_000,
})

/** What a creation is kept with. */
export const answer = { status: 201, headers: { Location: '/things/1' } }

function creation(store: SqliteStore, key: string, name: string) {
  return store.once(claimOf(key), async ({ tx }) => {
    tx.prepare('insert into thing (name) values (?)').run(name)
    return { kind: 'commit', result: name, answer }
  })
}

const openDriver = await findSqliteDriver()

/** Opens it; `schema` comes after the table `thing`. */
export async function openSqlite(options: Partial<SqliteStoreOptions> = {}): Promise<OpenedSqlite> {
  const { file, remove } = await temporaryFile()
  const time = manualTime()
  const { schema = '', ...others } = options
  const store = await sqliteStore({
    file,
    time,
    random: () => 1,
    schema: `create table if not exists thing (name text not null unique) strict; ${schema}`,
    ...others,
  })
  const otherProcess: SqliteDatabase = openDriver(file, { readOnly: false })
  return {
    store,
    time,
    lock() {
      otherProcess.exec('begin immediate')
      return () => otherProcess.exec('rollback')
    },
    create: (key, name = key) => creation(store, key, name),
    names: () =>
      otherProcess
        .prepare('select name from thing order by rowid')
        .all()
        .map(({ name }) => name),
    async close() {
      otherProcess.close()
      await store.close()
      await remove()
    },
  }
}

/** Lets the event loop turn, so that whoever can go on does. */
export async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Turns the event loop and moves the clock by a millisecond, until the promise has ended. */
export async function movingOn<T>(time: ManualTime, promise: Promise<T>): Promise<T> {
  let isRunning = true
  const ended = promise.finally(() => {
    isRunning = false
  })
  ended.catch(() => {})
  while (isRunning) {
    time.move(1)
    await turns(1)
  }
  return ended
}
