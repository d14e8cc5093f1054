import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import type { PostgresStore } from '../../src/stores/postgres.ts'
import { createGate } from '../../src/testing/gate.ts'
import { type CuttingProxy, startProxy } from './cutting-proxy.ts'
import {
  answer,
  claimOf,
  drivers,
  insert,
  type OpenedPostgres,
  openPostgres,
  type Statements,
} from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let proxy: CuttingProxy
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

// A deferred trigger runs inside COMMIT: as long as the test holds its lock, the commit is neither done nor undone.
const tables = `
  create function wait_in_commit() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(7, 7); return null; end $$;
  create table slow_thing (name text);
  create constraint trigger slow after insert on slow_thing deferrable initially deferred
    for each row execute function wait_in_commit();`

describe.each(drivers)('over %s, a wire that is cut', (driver) => {
  /** Goes through the proxy. */
  let store: PostgresStore<Statements>

  beforeEach(async () => {
    proxy = await startProxy(server.port)
    opened = await openPostgres(server, { driver, tables })
    store = opened.another({ port: proxy.port })
    await store.ready()
  })
  afterEach(async () => {
    proxy.rule = proxy.answerRule = () => 'forward'
    await opened.close()
    await proxy.close()
  })

  // By the simple protocol it is written out; by the other one it has the name under which the connection keeps it.
  const COMMIT = /;commit|_commit_/

  /** A rule that meets the next message with the words. */
  const once = (words: string | RegExp, step: (pair: Parameters<CuttingProxy['rule']>[1]) => 'forward' | 'drop') => {
    let isOver = false
    return (text: string, pair: Parameters<CuttingProxy['rule']>[1]) => {
      if (isOver || text.search(words) === -1) return 'forward'
      isOver = true
      return step(pair)
    }
  }
  let runs = 0
  const creating = (key = 'k1', own = store) => {
    runs = 0
    return opened.creating(
      async (tx) => {
        runs += 1
        await insert(tx, `${key}, run ${runs}`)
        return `run ${runs}`
      },
      key,
      own,
    )
  }

  it('before anything was asked is another connection', async () => {
    await creating('earlier')
    proxy.rule = once('begin', ({ client, server: wire }) => {
      client.destroy()
      wire.destroy()
      return 'drop'
    })
    expect(await creating()).toEqual({ kind: 'executed', result: 'run 1' })
    expect(await opened.names()).toEqual(['earlier, run 1', 'k1, run 1'])
  })

  it('inside create() has kept nothing, so the work runs again', async () => {
    proxy.rule = once('insert into thing', ({ client, server: wire }) => {
      client.destroy()
      wire.destroy()
      return 'drop'
    })
    expect(await creating()).toEqual({ kind: 'executed', result: 'run 2' })
    expect(await opened.names()).toEqual(['k1, run 2'])
  })

  it('inside create() with several queries on their way ends all of them', async () => {
    proxy.rule = once('insert into thing', ({ client, server: wire }) => {
      client.destroy()
      wire.destroy()
      return 'drop'
    })
    let run = 0
    const claimed = await opened.creating(
      async (tx) => {
        run += 1
        // The second one waits behind the first, of which the driver does not know the parameters yet.
        await Promise.allSettled(['a', 'b', 'c'].map((name) => insert(tx, `${name} ${run}`)))
        return run
      },
      'k1',
      store,
    )
    expect(claimed).toEqual({ kind: 'executed', result: 2 })
    expect((await opened.names()).sort()).toEqual(['a 2', 'b 2', 'c 2'])
  })

  it.each(['k1', undefined])('inside create() while nothing is asked is noticed; key: %s', async (key) => {
    let run = 0
    const claimed = await store.once(key === undefined ? undefined : claimOf(key), async ({ tx }) => {
      run += 1
      await insert(tx, 'kept')
      if (run === 1) {
        proxy.cut()
        // Until the driver has seen it.
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
      }
      return { kind: 'commit', result: `run ${run}`, answer }
    })
    expect(claimed).toEqual({ kind: 'executed', result: 'run 2' })
    expect(await opened.names()).toEqual(['kept'])
  })

  it('before COMMIT arrived: nothing was kept, so the work runs again', async () => {
    proxy.rule = once(COMMIT, ({ client, server: wire }) => {
      client.destroy()
      wire.destroy()
      return 'drop'
    })
    expect(await creating()).toEqual({ kind: 'executed', result: 'run 2' })
    expect(await opened.names()).toEqual(['k1, run 2'])
    expect(await opened.keys()).toEqual(['k1'])
  })

  it('after COMMIT was done: it was this one, and the work does not run again', async () => {
    proxy.answerRule = once('COMMIT', ({ client }) => {
      client.destroy()
      return 'drop'
    })
    expect(await creating()).toEqual({ kind: 'executed', result: 'run 1' })
    expect(await opened.names()).toEqual(['k1, run 1'])
    expect(await creating('k1', opened.store)).toMatchObject({ kind: 'recorded', answer })
  })

  it.each([true, false])('while COMMIT runs: waits until the old transaction has ended, kept: %s', async (isKept) => {
    // The lock of another database session holds the commit; a third one cancels it.
    await server.query(opened.database, 'select pg_advisory_lock(7, 7)')
    const sent = createGate()
    proxy.rule = once(COMMIT, ({ client }) => {
      // The server gets the message, and nobody is there for its answer.
      setImmediate(() => {
        client.destroy()
        sent.open()
      })
      return 'forward'
    })
    let count = 0
    const running = opened.creating(
      async (tx) => {
        count += 1
        await tx.run(
          count === 1 ? "insert into slow_thing values ('slow')" : "insert into thing (name) values ('again')",
        )
        return `run ${count}`
      },
      'k1',
      store,
    )
    await sent.opened
    const waiting =
      "select count(*)::int as count from pg_locks where locktype = 'advisory' and classid = 7 and not granted"
    while ((await server.query<{ count: number }>(opened.database, waiting))[0]!.count === 0);
    // Meanwhile everybody else is told that the key is in flight.
    expect((await creating('k1', opened.store)).kind).toBe('in-flight')
    if (isKept) await server.query(opened.database, 'select pg_advisory_unlock(7, 7)')
    else {
      await server.query(
        opened.database,
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7 and not granted",
      )
      await server.query(opened.database, 'select pg_advisory_unlock(7, 7)')
    }
    expect(await running).toEqual({ kind: 'executed', result: isKept ? 'run 1' : 'run 2' })
    expect(await opened.keys()).toEqual(['k1'])
    expect(await opened.names()).toEqual(isKept ? [] : ['again'])
  })

  it('without a key, after COMMIT was done: says that nobody can know', async () => {
    proxy.answerRule = once('COMMIT', ({ client }) => {
      client.destroy()
      return 'drop'
    })
    const failing = store.once(undefined, async ({ tx }) => {
      await insert(tx, 'unknown')
      return { kind: 'commit', result: undefined, answer }
    })
    await expect(failing).rejects.toThrow(StoreUnavailableError)
    await expect(failing).rejects.toThrow('The answer of COMMIT was lost')
    expect(await opened.names()).toEqual(['unknown'])
  })

  it('again and again is given up, and nothing is kept', async () => {
    let count = 0
    const failing = opened.creating(
      async (tx) => {
        count += 1
        await insert(tx, `run ${count}`)
        proxy.cut()
        await insert(tx, 'never')
      },
      'k1',
      store,
    )
    await expect(failing).rejects.toThrow(StoreUnavailableError)
    expect(count).toBe(8)
    expect(await opened.names()).toEqual([])
    expect(await creating()).toEqual({ kind: 'executed', result: 'run 1' })
  })

  it('silently, in which nothing arrives any more, is given up after holdMs', async () => {
    const impatient = opened.another({ port: proxy.port, holdMs: 200, idleMs: 500 })
    await impatient.ready()
    proxy.rule = once('begin', () => 'drop')
    expect((await creating('k1', impatient)).kind).toBe('executed')
    proxy.rule = once(COMMIT, () => 'drop')
    // The old backend never gets the COMMIT, and holds the key until it sees that its client is gone.
    expect(await creating('k2', impatient)).toEqual({ kind: 'executed', result: 'run 2' })
    expect(await opened.keys()).toEqual(['k1', 'k2'])
  })

  it('costs two round trips beside those of create(), and the savepoint of an attempt none', async () => {
    const attempting = (key: string) =>
      opened.creating((tx, { attempt }) => attempt(() => tx.run('select 1')), key, store)
    for (const key of ['w1', 'w2', 'w3', 'w4']) await attempting(key)
    proxy.messages = 0
    await attempting('k1')
    expect(proxy.messages).toBe(3)
    await attempting('k1')
    // A replay: the claim finds it; ROLLBACK follows, but the answer does not wait for it.
    expect(proxy.messages).toBeLessThanOrEqual(5)
  })
})

describe('a server', () => {
  beforeEach(async () => {
    opened = await openPostgres(server, { isRecycled: false, holdMs: 2_000 })
  })
  afterEach(() => opened.close())

  it('that is killed and comes back: fails closed, recovers by itself, and forgets nothing', async () => {
    const ways = drivers.map((driver) => ({ driver, store: opened.another({ driver }) }))
    for (const { driver, store } of ways) await opened.create(`${driver} before`, store)
    await server.kill()
    for (const { driver, store } of ways) {
      await expect(opened.create(`${driver} during`, store)).rejects.toThrow(StoreUnavailableError)
      await expect(store.purge()).rejects.toThrow(StoreUnavailableError)
    }
    await server.restart()
    for (const { driver, store } of ways) {
      // postgres.js itself waits a moment before it connects anew.
      expect((await opened.create(`${driver} before`, store)).kind).toBe('recorded')
      expect((await opened.create(`${driver} during`, store)).kind).toBe('executed')
    }
  })

  it.each(drivers)(
    'that was away leaves the whole pool of %s usable, however many requests failed meanwhile',
    async (driver) => {
      const store = opened.another({ driver, max: 4 })
      await store.ready()
      await server.kill()
      const failed = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => opened.create(`f${index}`, store)),
      )
      expect(failed.map(({ status }) => status)).toEqual(Array(20).fill('rejected'))
      await server.restart()
      // All four at once, each of them inside create() before any may go on.
      const [gate, entered] = [createGate(), [0, 1, 2, 3].map(() => createGate())]
      const running = entered.map(({ open }, index) =>
        opened.creating(
          async () => {
            open()
            await gate.opened
          },
          `k${index}`,
          store,
        ),
      )
      await Promise.all(entered.map(({ opened: isIn }) => isIn))
      gate.open()
      expect((await Promise.all(running)).map(({ kind }) => kind)).toEqual(Array(4).fill('executed'))
    },
  )

  it('that is killed inside create(): whoever was told 201 is found again, the others have left nothing', async () => {
    const entered = createGate()
    const running = opened.creating(async (tx) => {
      await insert(tx, 'inside')
      entered.open()
      await tx.run('select pg_sleep(10)')
    })
    const failing = expect(running).rejects.toThrow(StoreUnavailableError)
    await entered.opened
    await server.kill()
    await failing
    await server.restart()
    expect(await opened.names()).toEqual([])
    expect((await opened.create('k1')).kind).toBe('executed')
  })

  it('that is not there yet at the start is waited for by nobody, and used when it comes', async () => {
    await server.kill()
    const early = opened.another()
    await expect(early.ready()).rejects.toThrow(StoreUnavailableError)
    await expect(opened.create('k1', early)).rejects.toThrow('PostgreSQL cannot be reached')
    await server.restart()
    await early.ready()
    expect((await opened.create('k1', early)).kind).toBe('executed')
  })
})
