import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../src/idempotency/store.ts'
import { TransactionLostError } from '../../src/index.ts'
import type { SqliteTransaction } from '../../src/stores/sqlite.ts'
import { createGate, type Gate } from '../../src/testing/gate.ts'
import { answer, claimOf, type OpenedSqlite, openSqlite, turns } from './open-sqlite.ts'

// The nastiest case of a shared connection: `create` was given up, its transaction rolled back, and while the next
// one's is open it wakes up and goes on.

let opened: OpenedSqlite
beforeEach(async () => {
  opened = await openSqlite({ holdMs: 1_000 })
})
afterEach(() => opened.close())

const ENDED = /This transaction has ended/

/**
 * A creation that sleeps behind its first insert, and the next one, which is in the middle of its own when the first
 * wakes up. `together` they came at once and share one transaction; otherwise each has its own.
 */
async function givenUp(late: (session: Session<SqliteTransaction>) => Promise<void>, { together = false } = {}) {
  const { store, time } = opened
  const [entered, wake, woken, next, finish] = Array.from({ length: 5 }, createGate) as [Gate, Gate, Gate, Gate, Gate]
  const startNext = () =>
    store.once(claimOf('next'), async ({ tx }) => {
      tx.prepare("insert into thing values ('next')").run()
      next.open()
      await finish.opened
      return { kind: 'commit', result: 'next', answer }
    })
  const slow = store.once(claimOf('slow'), async (session) => {
    session.tx.prepare("insert into thing values ('slow')").run()
    entered.open()
    await wake.opened
    try {
      await late(session)
    } finally {
      woken.open()
    }
    return { kind: 'commit', result: 'slow', answer }
  })
  const lost = expect(slow).rejects.toThrow(TransactionLostError)
  const early = together ? startNext() : undefined
  await entered.opened
  const running = early ?? startNext()

  time.move(1_000)
  await next.opened
  wake.open()
  await woken.opened
  await turns()
  finish.open()
  expect(await running).toEqual({ kind: 'executed', result: 'next' })
  await lost
}

describe('a create() that holds the writer for holdMs', () => {
  it('is not given up a millisecond earlier', async () => {
    const { store, time, names } = opened
    const [entered, gate] = [createGate(), createGate()]
    const slow = store.once(claimOf('slow'), async ({ tx }) => {
      tx.prepare("insert into thing values ('slow')").run()
      entered.open()
      await gate.opened
      return { kind: 'commit', result: 'slow', answer }
    })
    await entered.opened
    time.move(999)
    gate.open()
    expect(await slow).toEqual({ kind: 'executed', result: 'slow' })
    time.move(10_000)
    expect(await opened.create('k1')).toEqual({ kind: 'executed', result: 'k1' })
    expect(names()).toEqual(['slow', 'k1'])
  })

  describe.each([{ together: false }, { together: true }])(
    'sharing the transaction of the next one: $together',
    (how) => {
      it('is rolled back with its record, the key is free, and the next one is kept', async () => {
        await givenUp(async () => {}, how)
        expect(opened.names()).toEqual(['next'])
        expect(opened.store.read.prepare('select key from createonce_record').all()).toEqual([{ key: 'next' }])
        expect(await opened.create('slow')).toEqual({ kind: 'executed', result: 'slow' })
      })

      it('cannot put statements into the transaction that is open by then', async () => {
        const faults: unknown[] = []
        await givenUp(async ({ tx }) => {
          const steps = [
            () => tx.prepare("insert into thing values ('late')").run(),
            () => tx.prepare('delete from thing').run(),
            () => tx.prepare('select * from thing').all(),
          ]
          for (const step of steps) {
            try {
              step()
            } catch (error) {
              faults.push((error as Error).message)
            }
          }
        }, how)
        expect(faults).toEqual(Array(3).fill(expect.stringMatching(ENDED)))
        expect(opened.names()).toEqual(['next'])
      })

      it('cannot move the savepoint of the next one by beginning a step', async () => {
        await givenUp(async ({ attempt }) => {
          await expect(attempt(() => 'late')).rejects.toThrow(ENDED)
        }, how)
        expect(opened.names()).toEqual(['next'])
      })
    },
  )

  it('cannot use a statement that it prepared in time', async () => {
    let prepared: ReturnType<SqliteTransaction['prepare']> | undefined
    const { store, time } = opened
    const [entered, wake] = [createGate(), createGate()]
    const faults: string[] = []
    const slow = store.once(claimOf('slow'), async ({ tx }) => {
      prepared = tx.prepare('insert into thing values (?)')
      entered.open()
      await wake.opened
      return { kind: 'commit', result: undefined, answer }
    })
    const lost = expect(slow).rejects.toThrow(TransactionLostError)
    await entered.opened
    time.move(1_000)
    await lost
    await store.write((tx) => {
      tx.prepare('insert into thing values (?)').run('next')
      for (const use of [() => prepared!.run('late'), () => prepared!.get('late'), () => prepared!.all('late')]) {
        try {
          use()
        } catch (error) {
          faults.push((error as Error).message)
        }
      }
    })
    wake.open()
    expect(faults).toEqual(Array(3).fill(expect.stringMatching(ENDED)))
    expect(opened.names()).toEqual(['next'])
  })

  it('cannot roll the next one back by a step that was running when it was given up', async () => {
    const { store, time, names } = opened
    await opened.create('taken')
    const [entered, wake] = [createGate(), createGate()]
    const slow = store.once(claimOf('slow'), async ({ attempt }) => {
      await attempt(async () => {
        entered.open()
        await wake.opened
        // What the database would say to a broken unique rule, from wherever it comes.
        throw Object.assign(new Error('UNIQUE constraint failed: thing.name'), { errcode: 2067 })
      })
      return { kind: 'commit', result: 'slow', answer }
    })
    const lost = expect(slow).rejects.toThrow(TransactionLostError)
    await entered.opened
    const [next, finish] = [createGate(), createGate()]
    const running = store.once(claimOf('next'), async ({ tx, attempt }) => {
      await attempt(async () => {
        tx.prepare("insert into thing values ('next')").run()
        next.open()
        await finish.opened
      })
      return { kind: 'commit', result: 'next', answer }
    })
    time.move(1_000)
    await lost
    await next.opened
    wake.open()
    await turns()
    finish.open()
    expect(await running).toEqual({ kind: 'executed', result: 'next' })
    expect(names()).toEqual(['taken', 'next'])
  })
})
