import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteMigrations } from '../../src/stores/migrations/sqlite.ts'
import { type SqliteStore, sqliteStore } from '../../src/stores/sqlite.ts'
import { startProcess } from './start-process.ts'
import { temporaryFile } from './temporary-file.ts'

let temporary: Awaited<ReturnType<typeof temporaryFile>>
let store: SqliteStore | undefined

beforeEach(async () => {
  temporary = await temporaryFile()
})
afterEach(async () => {
  await store?.close()
  store = undefined
  await temporary.remove()
})

const open = async (): Promise<SqliteStore> => {
  store = await sqliteStore({ file: temporary.file })
  return store
}
const claimOf = (key: string) => ({ scope: 'anybody createThing', key, fingerprint: '1:f', retentionMs: 3_600_000 })

/** Creates in this process, in the table that the other processes made. */
const create = (key: string) =>
  store!.once(claimOf(key), async ({ tx }) => {
    tx.prepare('insert into thing (id, name) values (?, ?)').run(`own-${key}`, key)
    return { kind: 'commit', result: 'created', answer: { status: 201, headers: {} } }
  })
const namesOf = (): unknown[] =>
  store!.read
    .prepare('select name from thing order by name')
    .all()
    .map(({ name }) => name)

describe('four processes on one file', () => {
  it('create each key once, though they race for every one, and all of them get an answer', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${String(index).padStart(2, '0')}`)
    // Each process takes 25 of the 40, in an order of its own: each key is wanted by two or three at once.
    const lists = [0, 10, 20, 30].map((from) => [...keys, ...keys].slice(from, from + 25))
    const processes = lists.map((list, index) =>
      startProcess('create', temporary.file, (index % 2 === 0 ? list : list.reverse()).join()),
    )
    expect(await Promise.all(processes.map(({ heard }) => heard()))).toEqual(Array(4).fill('ready'))
    for (const { go } of processes) go()

    const outcomes = (await Promise.all(processes.map(({ heard }) => heard()))) as string[][]
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
    await open()
    const wanted = [...new Set(lists.flat())].sort()
    expect(namesOf()).toEqual(wanted)
    expect(outcomes.flat().filter((kind) => kind === 'executed')).toHaveLength(wanted.length)
    expect(new Set(outcomes.flat())).toEqual(new Set(['executed', 'recorded']))
  })
})

describe('eight processes that start at once on a file that does not exist', () => {
  it('all open it, and one of them has migrated', async () => {
    const processes = Array.from({ length: 8 }, () => startProcess('open', temporary.file))
    await Promise.all(processes.map(({ heard }) => heard()))
    for (const { go } of processes) go()
    expect(await Promise.all(processes.map(({ heard }) => heard()))).toEqual(Array(8).fill('opened'))
    const { read } = await open()
    expect(read.prepare('select number from createonce_migration').all()).toHaveLength(sqliteMigrations.length)
  })
})

describe('a process that is killed', () => {
  it('in the middle of its transaction leaves neither row nor record, and others go on at once', async () => {
    await open()
    const other = startProcess('hang', temporary.file, 'k1')
    expect(await other.heard()).toBe('inserted')
    const waiting = create('k1')
    await other.kill()
    expect(await waiting).toEqual({ kind: 'executed', result: 'created' })
    expect(namesOf()).toEqual(['k1'])
    expect(store!.read.prepare('select id from thing').get()).toEqual({ id: 'own-k1' })
  })

  it('right after it acknowledged has left both: the retry is answered from the record', async () => {
    const other = startProcess('acknowledge', temporary.file, 'k1')
    expect(await other.heard()).toBe('executed')
    await other.kill()
    await open()
    expect(await create('k1')).toMatchObject({ kind: 'recorded', fingerprint: '1:f', answer: { status: 201 } })
    expect(namesOf()).toEqual(['k1'])
  })
})
