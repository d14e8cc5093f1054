import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { sqliteMigrations, sqliteWorksWith } from '../../src/stores/migrations/sqlite.ts'
import { findSqliteDriver, type SqliteDatabase } from '../../src/stores/sqlite/driver.ts'
import { type SqliteStoreOptions, sqliteStore } from '../../src/stores/sqlite.ts'
import { turns } from './open-sqlite.ts'
import { temporaryFile } from './temporary-file.ts'

let temporary: Awaited<ReturnType<typeof temporaryFile>>
let file: string

beforeEach(async () => {
  temporary = await temporaryFile()
  file = temporary.file
})
afterEach(() => temporary.remove())

const openDriver = await findSqliteDriver()

/** Works on the file with the driver alone. */
function rawly<T>(step: (database: SqliteDatabase) => T): T {
  const database = openDriver(file, { readOnly: false })
  try {
    return step(database)
  } finally {
    database.close()
  }
}

const opening = (options: Partial<SqliteStoreOptions> = {}) => sqliteStore({ file, busyMs: 0, ...options })

/** The driver's methods as properties, to put another one in the place of one. */
const withMethods = (database: SqliteDatabase): SqliteDatabase => ({
  prepare: (sql) => database.prepare(sql),
  exec: (sql) => database.exec(sql),
  close: () => database.close(),
})

describe('a file that another process holds', () => {
  it('is waited for when it is opened, for busyMs and no longer', async () => {
    const other = openDriver(file, { readOnly: false })
    other.exec('pragma journal_mode = wal; begin immediate')
    await expect(opening()).rejects.toThrow(`Another process has locked ${file} for more than 0 ms.`)
    const waiting = opening({ busyMs: 20_000 })
    await turns(100)
    other.exec('rollback')
    other.close()
    await (await waiting).close()
  })
})

describe('an opened file', () => {
  it('is in write-ahead mode, and the writer waits for the disk, checks foreign keys and never sleeps', async () => {
    const connections: SqliteDatabase[] = []
    const store = await opening({
      open(name, options) {
        const connection = openDriver(name, options)
        connections.push(connection)
        return connection
      },
    })
    const pragma = (name: string) => Object.values(connections[0]!.prepare(`pragma ${name}`).get()!)[0]
    // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(pragma)).toEqual(['wal', 2, 1, 0])
    expect(Object.values(connections[1]!.prepare('pragma busy_timeout').get()!)).toEqual([0])
    expect(connections).toHaveLength(2)
    await store.close()
  })

  it('may be told to sync only at checkpoints, which a crash of the process survives', async () => {
    let writing: SqliteDatabase | undefined
    const store = await opening({
      durability: 'normal',
      open(path, options) {
        const connection = openDriver(path, options)
        if (!options.readOnly) writing = connection
        return connection
      },
    })
    expect(Object.values(writing!.prepare('pragma synchronous').get()!)).toEqual([1])
    await store.close()
  })

  it("has a reading connection that cannot write, and the library's version", async () => {
    const store = await opening()
    expect(() => store.read.prepare('create table other (id)').run()).toThrow(/readonly/)
    expect(store.version).toMatch(/^3\.\d+\.\d+$/)
    await store.close()
  })

  it('refuses a row without its parent', async () => {
    const schema = `create table if not exists parent (id text primary key) strict;
      create table if not exists child (id text primary key, parent text references parent (id)) strict`
    const store = await opening({ schema })
    const inserting = store.write((tx) => tx.prepare("insert into child values ('c', 'nobody')").run())
    await expect(inserting).rejects.toThrow(/FOREIGN KEY/)
    await store.close()
  })
})

describe('the schema of the library', () => {
  it('is brought up to date from every older version, and what was recorded then is found', async () => {
    for (let version = 0; version <= sqliteMigrations.length; version++) {
      rawly((database) => {
        database.exec(`drop table if exists createonce_record; drop table if exists createonce_migration;
          create table createonce_migration (number integer primary key, applied_at text not null) strict`)
        for (let number = 1; number <= version; number++) {
          sqliteMigrations[number - 1]!(database)
          database
            .prepare("insert into createonce_migration (number, applied_at) values (?, datetime('now'))")
            .run(number)
          if (number === 1) {
            database.exec(`insert into createonce_record values
              ('"ann" createThing', 'k1', '1:f', 201, '{"Location":"/things/1"}', 'tea', 5, 9e15)`)
          }
        }
      })
      const store = await opening()
      const latest = store.read.prepare('select max(number) as latest from createonce_migration').get()
      expect(latest).toEqual({ latest: sqliteMigrations.length })
      const claim = { scope: '"ann" createThing', key: 'k1', fingerprint: '1:f', retentionMs: 1 }
      const answer = { status: 201, headers: { Location: '/things/1' }, body: 'tea' }
      const claimed = await store.once(claim, () => ({ kind: 'roll-back', result: 'not found' }))
      expect(claimed).toEqual(
        version === 0
          ? { kind: 'executed', result: 'not found' }
          : { kind: 'recorded', fingerprint: '1:f', answer, expiresAt: 9e15 },
      )
      await store.close()
    }
  })

  it('that a newer version has only expanded is worked with, beside that version', async () => {
    const newer = await opening()
    rawly((database) => {
      const known = sqliteMigrations.length
      database.exec(`alter table createonce_record add column note text;
        insert into createonce_migration (number, applied_at, works_with) values (${known + 1}, datetime('now'), ${known})`)
    })
    const older = await opening()
    const claim = { scope: '"ann" createThing', key: 'k1', fingerprint: '1:f', retentionMs: 60_000 }
    const answer = { status: 201, headers: {}, body: 'tea' }
    await older.once(claim, () => ({ kind: 'commit', result: 'made', answer }))
    expect(await newer.once(claim, () => ({ kind: 'roll-back', result: 'not found' }))).toMatchObject({ answer })
    await older.close()
    await newer.close()
  })

  it('says for each change what works with it, never less than for the one before', () => {
    expect(sqliteWorksWith).toHaveLength(sqliteMigrations.length)
    expect([...sqliteWorksWith].sort((one, other) => one - other)).toEqual(sqliteWorksWith)
  })

  it('that is newer than the library is refused with what to do, and left as it is', async () => {
    await (await opening()).close()
    rawly((database) =>
      database.exec("insert into createonce_migration (number, applied_at) values (99, datetime('now'))"),
    )
    await expect(opening()).rejects.toThrow(
      `The SQLite file ${file} cannot be used: The database has schema 99 of Createonce, but this version knows only ${sqliteMigrations.length}: a newer version has migrated it. Update @createonce/server.`,
    )
    expect(rawly((database) => database.prepare('select max(number) as n from createonce_migration').get())).toEqual({
      n: 99,
    })
  })
})

describe("the author's schema", () => {
  it.each([
    [
      'has a mistake',
      'create table a (id); creat table b (id)',
      /the setting schema fails: near "creat": syntax error/,
    ],
    ['cannot be run', 'create table a (id); create table a (id)', /the setting schema fails: table a already exists/],
    [
      'ends the transaction',
      'create table a (id); commit; create table b (id)',
      /the setting schema ends the transaction/,
    ],
    ['ends it at the end', 'create table a (id); rollback', /the setting schema ends the transaction/],
  ])('that %s is named with the fault, and the file is neither locked nor kept open', async (_, schema, message) => {
    const failing = opening({ schema })
    await expect(failing).rejects.toThrow(StoreUnavailableError)
    await expect(failing).rejects.toThrow(message)
    const store = await opening({ schema: 'create table if not exists thing (id text)' })
    await store.write((tx) => tx.prepare("insert into thing values ('1')").run())
    await store.close()
  })

  it.each([
    ['the schema fails', 'nonsense', false],
    ['the reading connection cannot be opened', '', true],
  ])('leaves no connection behind where %s', async (_, schema, isReadingBroken) => {
    let connections = 0
    const open: SqliteStoreOptions['open'] = (name, options) => {
      if (options.readOnly && isReadingBroken) throw new Error('too many open files')
      const { close, ...database } = withMethods(openDriver(name, options))
      connections += 1
      return {
        ...database,
        close() {
          connections -= 1
          close()
        },
      }
    }
    await expect(opening({ schema, open })).rejects.toThrow(StoreUnavailableError)
    expect(connections).toBe(0)
  })

  it('that fails leaves nothing of itself', async () => {
    await expect(opening({ schema: 'create table a (id); nonsense' })).rejects.toThrow()
    expect(rawly((database) => database.prepare('select name from sqlite_master').all())).toEqual([])
  })
})

describe('a file that is none', () => {
  it.each([':memory:', '', 'file::memory:?cache=shared', 'file:shop.db?mode=memory'])(
    'is refused with advice: %j',
    async (name) => {
      await expect(opening({ file: name })).rejects.toThrow(/A SQLite store needs a file.*memoryStore\(\)/)
    },
  )

  it.each([
    ['in a missing folder', async () => join(dirname(file), 'missing', 'data.db')],
    ['that is a folder', async () => dirname(file)],
  ])('%s is named with what it needs', async (_, nameOf) => {
    const name = await nameOf()
    const failing = opening({ file: name })
    await expect(failing).rejects.toThrow(StoreUnavailableError)
    await expect(failing).rejects.toThrow(`The SQLite file ${name} cannot be used: `)
    await expect(failing).rejects.toThrow('its folder must exist and be writable, and it must be no folder itself.')
  })

  it('because it holds something else is refused, and left as it is', async () => {
    const text = 'The accounts of 2019, which nobody has a copy of.\n'.repeat(200)
    await writeFile(file, text)
    await expect(opening()).rejects.toThrow(`The SQLite file ${file} cannot be used: file is not a database.`)
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  it('whose log cannot be written is refused', async () => {
    // A folder in the place of the write-ahead log stops everybody, root included.
    await mkdir(`${file}-wal`)
    await expect(opening()).rejects.toThrow(StoreUnavailableError)
  })
})
