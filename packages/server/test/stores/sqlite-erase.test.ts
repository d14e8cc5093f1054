import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { createGate } from '../../src/testing/gate.ts'
import { answer, claimOf, movingOn, type OpenedSqlite, openSqlite, turns } from './open-sqlite.ts'

let opened: OpenedSqlite
beforeEach(async () => {
  opened = await openSqlite({ busyMs: 10 })
})
afterEach(() => opened.close())

const create = (key: string) =>
  opened.store.once({ ...claimOf(key), scope: '"ann" createThing' }, async () => ({
    kind: 'commit',
    result: key,
    answer,
  }))

describe('erasing in a SQLite file', () => {
  it('says that it was broken off where another process holds the file, and goes on when it is called again', async () => {
    await create('k1')
    const release = opened.lock()
    const refused = movingOn(opened.time, opened.store.erase({ principal: 'ann' }))
    await expect(refused).rejects.toThrow(StoreUnavailableError)
    await expect(refused).rejects.toThrow('broken off: The database is busy. Records erased so far: 0.')
    release()
    expect(await opened.store.erase({ principal: 'ann' })).toBe(1)
  })

  it('reaches every part of a large table, and deletes nothing of anybody else', async () => {
    const { store } = opened
    await store.write((tx) =>
      tx
        .prepare(`insert into createonce_record (claim, scope, key, fingerprint, status, headers, created_at, expires_at)
          with recursive n (n) as (select 1 union all select n + 1 from n where n < 12000)
          select randomblob(16), case n % 2 when 0 then '"ann" createThing' else '"anna" createThing' end, n, '1:f', 201,
            '{}', 0, 0 from n`)
        .run(),
    )
    expect(await store.erase({ principal: 'ann', batchSize: 700 })).toBe(6_000)
    const left = store.read.prepare('select scope, count(*) as count from createonce_record group by scope').all()
    expect(left.map((row) => ({ ...row }))).toEqual([{ scope: '"anna" createThing', count: 6_000 }])
    expect(await store.erase({ principal: 'anna' })).toBe(6_000)
  })

  it('does not delete what has taken the place of a record that it saw', async () => {
    await create('k1')
    const gate = createGate()
    const writing = opened.store.write(async (tx) => {
      await gate.opened
      tx.prepare(`update createonce_record set scope = '"bob" createThing'`).run()
    })
    const erasing = opened.store.erase({ principal: 'ann' })
    await turns()
    gate.open()
    await writing
    expect(await erasing).toBe(0)
    expect(await opened.store.erase({ principal: 'bob' })).toBe(1)
  })

  it('lets creations come between two batches', async () => {
    for (const key of ['k1', 'k2', 'k3', 'k4']) await create(key)
    const order: string[] = []
    const erasing = opened.store.erase({ principal: 'ann', batchSize: 1 }).then(() => order.push('erased'))
    const gate = createGate()
    const creating = opened.store
      .once(claimOf('between'), async () => {
        await gate.opened
        return { kind: 'commit', result: undefined, answer }
      })
      .then(() => order.push('created'))
    gate.open()
    await Promise.all([erasing, creating])
    expect(order).toEqual(['created', 'erased'])
  })

  it('ends between two batches where the store is closed, and says how many are erased', async () => {
    for (const key of ['k1', 'k2', 'k3']) await create(key)
    const erasing = opened.store.erase({ principal: 'ann', batchSize: 1 })
    const ended = expect(erasing).rejects.toThrow('The store is closed. Records erased so far: 1.')
    await opened.store.close()
    await ended
  })
})
