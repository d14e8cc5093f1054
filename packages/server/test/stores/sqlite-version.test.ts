import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { findSqliteDriver, type SqliteDatabase } from '../../src/stores/sqlite/driver.ts'
import { hasWalResetBug } from '../../src/stores/sqlite/wal-reset.ts'
import { type SqliteStore, sqliteStore } from '../../src/stores/sqlite.ts'
import { temporaryFile } from './temporary-file.ts'

const driver = await findSqliteDriver()
const temporary = await temporaryFile()

describe('the WAL-reset bug of SQLite', () => {
  it.each(['3.7.0', '3.39.4', '3.44.5', '3.45.1', '3.50.6', '3.51.0', '3.51.2'])('is in %s', (version) => {
    expect(hasWalResetBug(version)).toBe(true)
  })

  it.each(['3.6.23', '3.44.6', '3.50.7', '3.51.3', '3.52.0', '3.53.0', '4.0.0'])('is not in %s', (version) => {
    expect(hasWalResetBug(version)).toBe(false)
  })
})

afterAll(() => temporary.remove())

describe('opening a file', () => {
  let store: SqliteStore
  const warnings: (Error & { code?: string })[] = []
  const listen = (warning: Error) => void warnings.push(warning)

  /** Opens it with a driver that says that it is another version. */
  async function openAs(version: string): Promise<void> {
    process.on('warning', listen)
    store = await sqliteStore({
      file: temporary.file,
      open(file, options): SqliteDatabase {
        const database = driver(file, options)
        const prepare = (sql: string) => {
          const statement = database.prepare(sql)
          return sql.includes('sqlite_version') ? { ...statement, get: () => ({ version }) } : statement
        }
        return { prepare, exec: (sql) => database.exec(sql), close: () => database.close() } as SqliteDatabase
      },
    })
    await new Promise((resolve) => setImmediate(resolve))
  }

  afterEach(async () => {
    process.off('warning', listen)
    warnings.length = 0
    await store.close()
  })

  it('with such a version warns, and says what to do', async () => {
    await openAs('3.45.1')
    expect(warnings).toMatchObject([{ code: 'CREATEONCE_SQLITE_WAL_RESET', name: 'CreateonceWarning' }])
    expect(warnings[0]!.message).toMatch(/3\.45\.1.*mended in 3\.51\.3\. Update/)
  })

  it('with another one says nothing', async () => {
    await openAs('3.51.3')
    expect(warnings).toEqual([])
  })
})
