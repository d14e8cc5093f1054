import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findSqliteDriver, hasWalResetBug, sqliteStore } from '../../../server/src/stores/sqlite.ts'
import type { SqliteNeeded } from '../../src/config/config.ts'
import type { Surroundings } from '../../src/doctor/probe.ts'
import { judgeFileSystem } from '../../src/doctor/probes/sqlite-file-system.ts'
import { judgeSqliteVersion } from '../../src/doctor/probes/sqlite-version.ts'
import { storeProbes } from '../../src/doctor/store-probes.ts'
import { withSqlite } from '../../src/doctor/stores/open-sqlite.ts'
import { surroundings } from './surroundings.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'createonce-doctor-'))
  file = join(folder, 'shop.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const look = async (id: string, needed: SqliteNeeded, others?: Partial<Surroundings>) =>
  storeProbes.find((probe) => probe.id === id)!.look(surroundings({ sqlite: needed }, others))
const all = (needed: SqliteNeeded) =>
  Promise.all(storeProbes.map((probe) => probe.look(surroundings({ sqlite: needed }))))

/** As a user who owns nothing: root may write everywhere. */
async function asNobody<T>(task: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return task()
  process.seteuid?.(65_534)
  try {
    return await task()
  } finally {
    process.seteuid?.(0)
  }
}

async function makeStore(): Promise<void> {
  const store = await sqliteStore({ file, schema: 'create table if not exists orders (id text)' })
  await store.close()
}

describe('a folder on a local disk', () => {
  it('is good to every probe before the first start, and nothing stays in it', async () => {
    const readings = (await all({ file })).flat()
    expect(readings).toHaveLength(5)
    expect(readings.filter(({ kind }) => kind === 'bad' || kind === 'unknown')).toEqual([])
    expect(readings[0]).toMatchObject({ subject: file, kind: 'good', seen: 'is not there yet and can be made' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('is good with the file of a store in it, also while the store is open, and the file stays as it is', async () => {
    const store = await sqliteStore({ file, schema: 'create table if not exists orders (id text)' })
    try {
      const readings = (await all({ file })).flat()
      expect(readings.filter(({ kind }) => kind === 'bad' || kind === 'unknown')).toEqual([])
      expect(readings[0]).toMatchObject({ seen: 'can be written' })
      const tables = store.read.prepare(`select name from sqlite_schema where name like '%doctor%'`).all()
      expect(tables).toEqual([])
    } finally {
      await store.close()
    }
    expect(readdirSync(folder).filter((name) => name.includes('doctor'))).toEqual([])
  })

  it('is found from the folder of the configuration', async () => {
    mkdirSync(join(folder, 'data'))
    const readings = await look(
      'sqlite-writable',
      { file: 'data/shop.db' },
      { file: join(folder, 'createonce.config.ts') },
    )
    expect(readings).toMatchObject([{ subject: 'data/shop.db', kind: 'good' }])
  })
})

describe('sqlite-writable', () => {
  it('is bad without the folder, and the others could not look', async () => {
    const readings = (await all({ file: join(folder, 'missing/shop.db') })).flat()
    expect(readings[0]).toMatchObject({ kind: 'bad', mend: `Make it: mkdir -p ${join(folder, 'missing')}` })
    // The version is that of the driver, whatever the folder.
    expect(readings.slice(2).map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('is bad where the folder belongs to somebody else', async () => {
    chmodSync(folder, 0o555)
    expect(await asNobody(() => look('sqlite-writable', { file }))).toMatchObject([
      { kind: 'bad', seen: expect.stringContaining('unable to open') },
    ])
    chmodSync(folder, 0o755)
  })

  it('is bad where the file may only be read', async () => {
    await makeStore()
    chmodSync(file, 0o444)
    chmodSync(folder, 0o777)
    expect(await asNobody(() => look('sqlite-writable', { file }))).toMatchObject([
      { kind: 'bad', seen: expect.stringContaining('readonly') },
    ])
  })

  it('is bad where the path is a folder, and where it is memory', async () => {
    mkdirSync(file)
    expect(await look('sqlite-writable', { file })).toMatchObject([{ kind: 'bad' }])
    expect(await look('sqlite-writable', { file: ':memory:' })).toMatchObject([{ kind: 'bad', seen: 'memory' }])
  })

  it('cannot tell where the variable of the path is not set', async () => {
    expect(await look('sqlite-writable', { file: '${SHOP_DB}' })).toMatchObject([
      { kind: 'unknown', mend: 'Set SHOP_DB.' },
    ])
  })

  it('cannot tell while somebody else holds the file', async () => {
    await makeStore()
    const holding = (await findSqliteDriver())(file, { readOnly: false })
    try {
      holding.exec('begin immediate')
      expect(await look('sqlite-writable', { file }, { timeoutMs: 1 })).toMatchObject([
        { kind: 'unknown', seen: 'another process holds the file' },
      ])
    } finally {
      holding.close()
    }
  })
})

describe('sqlite-version', () => {
  it('sees the version that the store has', async () => {
    const store = await sqliteStore({ file })
    await store.close()
    const [reading] = await look('sqlite-version', { file })
    expect(reading!.seen).toContain(store.version)
    expect(reading!.kind).toBe(hasWalResetBug(store.version) ? 'warning' : 'good')
  })

  it.each([
    ['3.51.2', 'warning'],
    ['3.50.4', 'warning'],
    ['3.51.3', 'good'],
    ['3.44.6', 'good'],
  ])('judges %s as %s', (version, kind) => {
    expect(judgeSqliteVersion(version, hasWalResetBug)).toMatchObject({ kind, seen: expect.stringContaining(version) })
  })
})

describe('sqlite-wal-and-full', () => {
  it('is good with a file in another mode, says so, and leaves it in it', async () => {
    await withSqlite(surroundings({}).file, file, (database) => database.exec('create table orders (id text)'))
    const seen = 'WAL and FULL work here; the file is in mode delete until the store opens it'
    expect(await look('sqlite-wal-and-full', { file })).toMatchObject([{ kind: 'good', seen }])
    expect(await look('sqlite-wal-and-full', { file })).toMatchObject([{ kind: 'good', seen }])
  })

  it('is bad where the file is no database', async () => {
    writeFileSync(file, 'orders\n'.repeat(1_000))
    expect(await look('sqlite-wal-and-full', { file })).toMatchObject([
      { kind: 'bad', seen: expect.stringContaining('not a database') },
    ])
  })

  it('is bad where the folder takes no files', async () => {
    chmodSync(folder, 0o555)
    expect(await asNobody(() => look('sqlite-wal-and-full', { file }))).toMatchObject([{ kind: 'bad' }])
    chmodSync(folder, 0o755)
  })
})

describe('sqlite-disk-space', () => {
  it('compares what is free with what is needed', async () => {
    expect(await look('sqlite-disk-space', { file, freeMegabytes: 1 })).toMatchObject([{ kind: 'good' }])
    expect(await look('sqlite-disk-space', { file, freeMegabytes: 1_000_000_000 })).toMatchObject([
      { kind: 'bad', seen: expect.stringMatching(/^\d+ MB are free; 1000000000 are needed$/) },
    ])
  })
})

describe.runIf(process.platform === 'linux')('sqlite-file-system', () => {
  it('warns of a file in memory', async () => {
    expect(await look('sqlite-file-system', { file: '/dev/shm/shop.db' })).toMatchObject([
      { kind: 'warning', seen: expect.stringContaining('tmpfs') },
    ])
  })

  it.each([
    ['NFS', 0x6969, 'warning'],
    ['SMB', -0xacb2be, 'warning'],
    ['9p', 0x01021997, 'warning'],
    ['ext4', 0xef53, 'good'],
    ['XFS', 0x58465342, 'good'],
    ['btrfs', 0x9123683e, 'good'],
    ['the layer of a container', 0x794c7630, 'good'],
  ])('judges %s by its number', (_, type, kind) => {
    expect(judgeFileSystem(type).kind).toBe(kind)
  })
})
