import { afterEach, describe, expect, it } from 'vitest'
import type { StoreEvent } from '../../src/index.ts'
import { claimOf, movingOn, type OpenedSqlite, openSqlite } from './open-sqlite.ts'

let events: StoreEvent[]
let opened: OpenedSqlite
const open = async (schema = ''): Promise<OpenedSqlite> => {
  events = []
  opened = await openSqlite({ schema, observe: { store: (event) => void events.push(event) } })
  return opened
}
afterEach(() => opened.close())

const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`)
const committed = () => events.filter((event) => event.kind === 'commit').reduce((sum, { size }) => sum + size, 0)
const reasons = () => events.flatMap((event) => (event.kind === 'retry' ? [event.reason] : []))

describe('a store in SQLite that is watched', () => {
  it('tells how many creations each commit kept, and nothing of a transaction that kept none', async () => {
    const { create, store } = await open()
    await Promise.all(keys(30).map((key) => create(key)))
    expect(committed()).toBe(30)
    expect(events.length).toBeLessThan(30)
    expect(new Set(events.map(({ kind, store: name }) => `${kind} ${name}`))).toEqual(new Set(['commit sqlite']))
    events.length = 0
    await create('k0')
    await store.once(claimOf('new'), () => ({ kind: 'roll-back', result: 1 }))
    expect(events).toEqual([])
  })

  it('tells of each look at a file that another process holds', async () => {
    const { create, lock, time } = await open()
    const release = lock()
    const waiting = create('k1')
    const retried = new Promise<void>((resolve) => {
      const push = events.push.bind(events)
      events.push = (...told) => {
        const length = push(...told)
        if (length === 3) resolve()
        return length
      }
    })
    await movingOn(time, retried)
    expect(reasons()).toEqual(['busy', 'busy', 'busy'])
    release()
    expect(await movingOn(time, waiting)).toMatchObject({ kind: 'executed' })
    expect(committed()).toBe(1)
  })

  it('tells of a shared transaction that was undone', async () => {
    const { create } = await open(
      `create trigger if not exists no_evil before insert on thing when new.name = 'evil'
        begin select raise(rollback, 'evil is not taken'); end;`,
    )
    await Promise.allSettled(['a', 'b', 'evil', 'c'].map((key) => create(key)))
    expect(reasons()).toEqual(['shared-undone'])
    expect(committed()).toBe(3)
  })

  it('tells what a purge deleted, and of one that found nothing too', async () => {
    const { create, store, time } = await open()
    await Promise.all(keys(3).map((key) => create(key)))
    events.length = 0
    expect(await store.purge()).toBe(0)
    time.move(3_600_001)
    expect(await store.purge()).toBe(3)
    expect(events.filter(({ kind }) => kind === 'purge')).toMatchObject([{ records: 0 }, { records: 3 }])
  })
})
