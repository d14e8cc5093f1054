import { afterEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError, systemTime } from '../../src/index.ts'
import { createGate } from '../../src/testing/gate.ts'
import { answer, claimOf, movingOn, type OpenedSqlite, openSqlite, turns } from './open-sqlite.ts'

let opened: OpenedSqlite
const open = async (...options: Parameters<typeof openSqlite>): Promise<OpenedSqlite> => {
  opened = await openSqlite(...options)
  return opened
}
afterEach(() => opened.close())

const OVERLOADED = { kind: 'overloaded', retryAfterMs: 1_000 }

describe('while another process holds the file', () => {
  it('the event loop turns, reads and replays are answered, and the creation succeeds when the file is free', async () => {
    const { create, lock, store, names } = await open({ time: systemTime })
    await create('before')
    const release = lock()
    const waiting = create('after')

    const begun = performance.now()
    await turns(1_000)
    // A sleeping connection would answer a thousand turns in seconds, one busy_timeout each.
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(store.read.prepare('select name from thing').all()).toHaveLength(1)
    expect(await create('before')).toMatchObject({ kind: 'recorded', answer })

    release()
    expect(await waiting).toEqual({ kind: 'executed', result: 'after' })
    expect(names()).toEqual(['before', 'after'])
  })

  it('a creation is tried again until busyMs have passed since it came, and then it is overloaded', async () => {
    const { create, lock, time, names } = await open({ busyMs: 500 })
    const release = lock()
    let outcome: unknown
    void create('k1').then((claimed) => {
      outcome = claimed
    })
    for (let passed = 0; passed < 499; passed++) {
      time.move(1)
      await turns(2)
    }
    expect(outcome).toBeUndefined()
    // The last look may be up to 50 ms away: the longest pause between two.
    for (let more = 0; more < 51; more++) {
      time.move(1)
      await turns(2)
    }
    expect(outcome).toEqual(OVERLOADED)
    release()
    expect(names()).toEqual([])
    expect(await create('k1')).toEqual({ kind: 'executed', result: 'k1' })
  })

  it('all who wait are told at about the same time, and not each one busyMs after the one before', async () => {
    const { create, lock, time } = await open({ busyMs: 500 })
    const release = lock()
    const begun = time.now()
    const waiting = Promise.all(['k1', 'k2', 'k3', 'k4'].map((key) => create(key)))
    expect(await movingOn(time, waiting)).toEqual(Array(4).fill(OVERLOADED))
    expect(time.now() - begun).toBeLessThan(600)
    release()
  })

  it('a transaction of the author and a purge are not done either', async () => {
    const { store, lock, time } = await open({ busyMs: 10 })
    const release = lock()
    await expect(
      movingOn(
        time,
        store.write(() => {}),
      ),
    ).rejects.toThrow('The database is busy')
    expect(await movingOn(time, store.purge())).toBe(0)
    release()
  })
})

describe('the queue of a process', () => {
  it('is served in the order of arrival', async () => {
    const { create, names, store } = await open()
    const gate = createGate()
    const first = store.once(claimOf('first'), async () => {
      await gate.opened
      return { kind: 'commit', result: undefined, answer }
    })
    const others = ['c', 'a', 'b'].map((key) => create(key))
    gate.open()
    await Promise.all([first, ...others])
    expect(names()).toEqual(['c', 'a', 'b'])
  })

  it('holds maxWaiting behind the running one; the next is overloaded at once, and after that there is room again', async () => {
    const { create, names, store } = await open({ maxWaiting: 2 })
    const [entered, gate] = [createGate(), createGate()]
    const running = store.once(claimOf('running'), async ({ tx }) => {
      entered.open()
      await gate.opened
      tx.prepare("insert into thing values ('running')").run()
      return { kind: 'commit', result: 'running', answer }
    })
    await entered.opened
    const waiting = [create('k1'), create('k2')]
    expect(await create('k3')).toEqual(OVERLOADED)
    await expect(store.write(() => {})).rejects.toThrow('too many transactions are waiting')
    gate.open()
    await Promise.all([running, ...waiting])
    expect(names()).toEqual(['running', 'k1', 'k2'])
    expect(await create('k3')).toEqual({ kind: 'executed', result: 'k3' })
  })
})

describe('a store that closes', () => {
  it('finishes what runs and what waits, and refuses what comes later', async () => {
    const { create, names, store } = await open()
    const [entered, gate] = [createGate(), createGate()]
    const running = store.once(claimOf('running'), async ({ tx }) => {
      entered.open()
      await gate.opened
      tx.prepare("insert into thing values ('running')").run()
      return { kind: 'commit', result: 'running', answer }
    })
    await entered.opened
    const waiting = create('waiting')
    const closing = store.close()
    await expect(create('late')).rejects.toThrow(StoreUnavailableError)
    await expect(store.write(() => {})).rejects.toThrow(StoreUnavailableError)
    await expect(store.purge()).rejects.toThrow(StoreUnavailableError)
    gate.open()
    expect([(await running).kind, (await waiting).kind]).toEqual(['executed', 'executed'])
    await closing
    expect(names()).toEqual(['running', 'waiting'])
  })

  it('can be closed twice', async () => {
    const { store } = await open()
    await Promise.all([store.close(), store.close()])
    await store.close()
  })
})
