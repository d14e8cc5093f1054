import assert from 'node:assert/strict'
import type { DeclaredRow, RecordedAnswer, Store } from '../idempotency/store.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import {
  answerOf,
  CALLERS,
  type ConformanceKit,
  type ConformanceRow,
  createKit,
  HOUR,
  turns,
} from './conformance-kit.ts'
import { describeEveryStore } from './every-store-conformance.ts'
import { createGate } from './gate.ts'
import { type ManualTime, manualTime } from './manual-time.ts'
import type { Runner } from './runner.ts'

/** A store under test, on storage of its own. */
export interface OpenStore<Tx> {
  readonly store: Store<Tx>
  /** Inserts a row through the transaction; throws what the database throws if `name` is taken. */
  insert(tx: Tx, row: ConformanceRow): void | Promise<void>
  /** What another connection sees: committed rows only. */
  rows(): Promise<readonly ConformanceRow[]>
  /**
   * A row of the harness's table as a declared one, for stores that take them. `unknown` leaves a column to the
   * database, whose default is `'by default'`; `orphan` refers to a row that does not exist by the column `parent`.
   */
  declared?(row: ConformanceRow, kind?: 'known' | 'unknown' | 'orphan'): DeclaredRow
  /** A second store on the same storage, as another process would open it. Absent where processes share nothing. */
  another?(): Promise<Store<Tx>>
  dispose(): Promise<void>
}

/** How the suite gets at a store. */
export interface StoreHarness<Tx> {
  readonly name: string
  /** Opens a store on empty storage that reads the clock from `time`. */
  open(time: Time): Promise<OpenStore<Tx>>
}

/**
 * The contract of {@link Store}: at most one execution per claim, rows and record together or not at all.
 *
 * Any store may run it; the runner's functions are passed in, and assertions are `node:assert`.
 */
export function describeStore<Tx>(harness: StoreHarness<Tx>, runner: Runner): void {
  describeEveryStore(harness, runner)

  const { describe, it, beforeEach, afterEach } = runner
  describe(`store conformance: ${harness.name}, its transactions`, () => {
    let time: ManualTime
    let opened: OpenStore<Tx>
    let store: Store<Tx>
    let claimOf: ConformanceKit<Tx>['claimOf']
    let row: ConformanceKit<Tx>['row']
    let recorded: ConformanceKit<Tx>['recorded']
    let creating: ConformanceKit<Tx>['creating']

    beforeEach(async () => {
      time = manualTime()
      // What the clock says is the test's; how long a busy database is waited for is the machine's.
      opened = await harness.open({ now: time.now, after: systemTime.after })
      store = opened.store
      ;({ claimOf, row, recorded, creating } = createKit({ insert: opened.insert, now: time.now }))
    })
    afterEach(() => opened.dispose())

    const names = async (): Promise<string[]> => (await opened.rows()).map(({ name }) => name).sort()

    describe('work that is not kept', () => {
      it('leaves neither row nor record after a roll-back, and the key is free', async () => {
        const refused = await store.once(claimOf(), async ({ tx }) => {
          await opened.insert(tx, row())
          return { kind: 'roll-back', result: 'refused' }
        })
        assert.deepEqual(refused, { kind: 'executed', result: 'refused' })
        assert.deepEqual(await opened.rows(), [])
        assert.equal((await store.once(claimOf(), creating(row()))).kind, 'executed')
      })

      it('leaves neither row nor record after an exception, throws it on, and the key is free', async () => {
        const fault = new Error('the author failed')
        const failing = store.once(claimOf(), async ({ tx }) => {
          await opened.insert(tx, row())
          throw fault
        })
        await assert.rejects(failing, fault)
        assert.deepEqual(await opened.rows(), [])
        assert.equal((await store.once(claimOf(), creating(row()))).kind, 'executed')
      })
    })

    describe('many callers at once', () => {
      it('does not mix the transactions of work that awaits: the refused half leaves nothing, the kept half everything', async () => {
        const things = Array.from({ length: 20 }, () => row())
        await Promise.all(
          things.map((thing, index) =>
            store.once<unknown>(claimOf({ key: `k${index}` }), async (session) => {
              const kept = await creating(thing)(session)
              await turns(3)
              return index % 2 === 0 ? kept : { kind: 'roll-back', result: thing }
            }),
          ),
        )
        assert.deepEqual(
          await names(),
          things
            .filter((_, index) => index % 2 === 0)
            .map(({ name }) => name)
            .sort(),
        )
      })

      it('shows no row to readers before the commit', async () => {
        const inserted = createGate()
        const gate = createGate()
        const running = store.once(claimOf(), async (session) => {
          const settlement = await creating(row())(session)
          inserted.open()
          await gate.opened
          return settlement
        })
        await inserted.opened
        assert.deepEqual(await opened.rows(), [])
        gate.open()
        await running
        assert.equal((await opened.rows()).length, 1)
      })

      it('lets one of many win a natural key, without a key of theirs', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: CALLERS }, () => store.once(undefined, creating(row('the only one')))),
        )
        assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
        assert.deepEqual(await names(), ['the only one'])
      })
    })

    describe('a step that may break a unique rule', () => {
      it('undoes only the step, and tells which columns', async () => {
        await store.once(undefined, creating(row('taken')))
        const claimed = await store.once(claimOf(), async ({ tx, attempt }) => {
          const before = row()
          await opened.insert(tx, before)
          const attempted = await attempt(async () => {
            await opened.insert(tx, row('undone with the step'))
            await opened.insert(tx, row('taken'))
          })
          assert.equal(attempted.kind, 'conflict')
          assert.deepEqual(attempted.kind === 'conflict' && attempted.fields, ['name'])
          return { kind: 'commit', result: before.name, answer: answerOf(before) }
        })
        assert.equal(claimed.kind, 'executed')
        const kept = await names()
        assert.equal(kept.length, 2)
        assert.ok(!kept.includes('undone with the step'))
      })

      it('gives the value of a step that works, and keeps it', async () => {
        const thing = row()
        await store.once(claimOf(), async ({ tx, attempt }) => {
          const attempted = await attempt(async () => {
            await opened.insert(tx, thing)
            return 'value'
          })
          assert.deepEqual(attempted, { kind: 'done', value: 'value' })
          return { kind: 'commit', result: undefined, answer: answerOf(thing) }
        })
        assert.deepEqual(await opened.rows(), [thing])
      })

      it('throws other errors on, and everything is rolled back', async () => {
        const fault = new Error('not a unique rule')
        const failing = store.once(claimOf(), async ({ tx, attempt }) => {
          await opened.insert(tx, row())
          await attempt(() => {
            throw fault
          })
          return { kind: 'roll-back', result: undefined }
        })
        await assert.rejects(failing, fault)
        assert.deepEqual(await opened.rows(), [])
      })
    })

    describe('retention', () => {
      it('purges what is past its retention, in batches, and nothing else', async () => {
        for (const key of ['a', 'b', 'c']) await store.once(claimOf({ key }), creating(row()))
        time.move(HOUR)
        await store.once(claimOf({ key: 'new' }), creating(row()))
        assert.equal(await store.purge(2), 2)
        assert.equal(await store.purge(2), 1)
        assert.equal(await store.purge(2), 0)
        assert.equal((await store.once(claimOf({ key: 'new' }), creating(row()))).kind, 'recorded')
        assert.equal((await opened.rows()).length, 4)
      })
    })

    describe('the end of a transaction', () => {
      it("ends the author's handle: what comes later fails and changes nothing", async () => {
        let kept!: Tx
        await store.once(claimOf(), async (session) => {
          kept = session.tx
          return creating(row())(session)
        })
        await assert.rejects(async () => opened.insert(kept, row('too late')))
        assert.equal((await opened.rows()).length, 1)
      })
    })

    describe('a declared row', () => {
      const build =
        (more: { answer?: RecordedAnswer } = {}) =>
        (values: Readonly<Record<string, unknown>>) => ({
          kind: 'commit' as const,
          result: values,
          answer: more.answer ?? answerOf({ id: String(values['id']) }),
        })
      const declare = (thing: ConformanceRow, kind?: 'known' | 'unknown' | 'orphan'): DeclaredRow =>
        opened.declared!(thing, kind)
      const hasDeclared = (): boolean => opened.declared !== undefined && store.insert !== undefined

      it('is kept together with its record, and found by the next call', async () => {
        if (!hasDeclared()) return
        const thing = row()
        const inserted = await store.insert!(claimOf(), declare(thing), build())
        assert.equal(inserted.kind, 'executed')
        assert.deepEqual(await opened.rows(), [thing])
        assert.deepEqual(await store.insert!(claimOf(), declare(row()), build()), recorded('1:f1', answerOf(thing)))
        assert.deepEqual(await store.once(claimOf(), creating(row())), recorded('1:f1', answerOf(thing)))
        assert.deepEqual(await opened.rows(), [thing])
      })

      it('without a claim is only a row', async () => {
        if (!hasDeclared()) return
        for (const thing of [row(), row()]) {
          assert.equal((await store.insert!(undefined, declare(thing), build())).kind, 'executed')
        }
        assert.equal((await opened.rows()).length, 2)
      })

      it('whose unique value is taken says which, and leaves neither row nor record', async () => {
        if (!hasDeclared()) return
        await store.insert!(undefined, declare(row('taken')), build())
        const second = await store.insert!(claimOf(), declare(row('taken')), build())
        assert.equal(second.kind, 'taken')
        assert.ok(second.kind === 'taken' && (second.fields.length === 0 || second.fields.includes('name')))
        assert.deepEqual(await names(), ['taken'])
        assert.equal((await store.once(claimOf(), creating(row()))).kind, 'executed')
      })

      it('that refers to nothing says by which column, and leaves neither row nor record', async () => {
        if (!hasDeclared()) return
        const orphan = await store.insert!(claimOf(), declare(row(), 'orphan'), build())
        assert.deepEqual(orphan, { kind: 'orphan', fields: ['parent'] })
        assert.deepEqual(await opened.rows(), [])
        assert.equal((await store.insert!(claimOf(), declare(row()), build())).kind, 'executed')
      })

      it('that the database completes is answered as it is kept', async () => {
        if (!hasDeclared()) return
        const inserted = await store.insert!(claimOf(), declare(row(), 'unknown'), build())
        assert.ok(inserted.kind === 'executed')
        assert.equal((inserted.result as { filled?: unknown }).filled, 'by default')
      })

      it('that build does not want is not kept', async () => {
        if (!hasDeclared()) return
        const refused = await store.insert!(claimOf(), declare(row()), () => ({ kind: 'roll-back', result: 'refused' }))
        assert.deepEqual(refused, { kind: 'executed', result: 'refused' })
        assert.deepEqual(await opened.rows(), [])
        assert.equal((await store.insert!(claimOf(), declare(row()), build())).kind, 'executed')
      })

      it('that the database refuses fails alone, with its error to its own caller', async () => {
        if (!hasDeclared()) return
        const things = Array.from({ length: CALLERS }, () => row())
        const outcomes = await Promise.allSettled(
          things.map((thing, index) => {
            const bad = { ...declare(thing), values: { ...declare(thing).values, name: null } }
            return store.insert!(claimOf({ key: `k${index}` }), index % 10 === 3 ? bad : declare(thing), build())
          }),
        )
        assert.deepEqual(
          outcomes.map(({ status }) => status),
          things.map((_, index) => (index % 10 === 3 ? 'rejected' : 'fulfilled')),
        )
        assert.deepEqual(
          await names(),
          things
            .filter((_, index) => index % 10 !== 3)
            .map(({ name }) => name)
            .sort(),
        )
      })

      it('is one of many: a taken value, an orphan and a refused one among them leave the others whole', async () => {
        if (!hasDeclared()) return
        await store.insert!(undefined, declare(row('taken')), build())
        const kinds = ['executed', 'taken', 'executed', 'orphan', 'executed']
        const outcomes = await Promise.all(
          Array.from({ length: CALLERS }, (_, index) => {
            const kind = kinds[index % kinds.length]
            const thing = row(kind === 'taken' ? 'taken' : undefined)
            return store.insert!(
              claimOf({ key: `k${index}` }),
              declare(thing, kind === 'orphan' ? 'orphan' : 'known'),
              build(),
            )
          }),
        )
        assert.deepEqual(
          outcomes.map(({ kind }) => kind),
          Array.from({ length: CALLERS }, (_, index) => kinds[index % kinds.length]),
        )
        assert.equal((await opened.rows()).length, 1 + (CALLERS / kinds.length) * 3)
      })

      it(`executes one key once for ${CALLERS} callers, and one natural key once`, async () => {
        if (!hasDeclared()) return
        const byKey = await Promise.all(
          Array.from({ length: CALLERS }, () => store.insert!(claimOf(), declare(row()), build())),
        )
        assert.equal(byKey.filter(({ kind }) => kind === 'executed').length, 1)
        assert.ok(byKey.every(({ kind }) => ['executed', 'recorded', 'in-flight'].includes(kind)))
        const byName = await Promise.all(
          Array.from({ length: CALLERS }, (_, index) =>
            store.insert!(claimOf({ key: `n${index}` }), declare(row('the only one')), build()),
          ),
        )
        assert.equal(byName.filter(({ kind }) => kind === 'executed').length, 1)
        assert.ok(byName.every(({ kind }) => kind === 'executed' || kind === 'taken'))
        assert.equal((await opened.rows()).length, 2)
      })

      it('is executed again after the retention, and the old record is replaced', async () => {
        if (!hasDeclared()) return
        await store.insert!(claimOf(), declare(row()), build())
        time.move(HOUR)
        const second = row()
        assert.equal((await store.insert!(claimOf({ fingerprint: '1:f2' }), declare(second), build())).kind, 'executed')
        assert.deepEqual(await store.insert!(claimOf(), declare(row()), build()), recorded('1:f2', answerOf(second)))
      })

      it('of two stores on one storage is kept once', async () => {
        if (!hasDeclared() || opened.another === undefined) return
        const other = await opened.another()
        const outcomes = await Promise.all(
          Array.from({ length: CALLERS }, (_, index) =>
            (index % 2 === 0 ? store : other).insert!(claimOf(), declare(row()), build()),
          ),
        )
        assert.equal(outcomes.filter(({ kind }) => kind === 'executed').length, 1)
        assert.equal((await opened.rows()).length, 1)
        await other.close()
      })
    })

    describe('two stores on one storage', () => {
      it(`let one of ${CALLERS} callers of both win a natural key`, async () => {
        if (opened.another === undefined) return
        const other = await opened.another()
        const callers = Array.from({ length: CALLERS }, (_, index) => (index % 2 === 0 ? store : other))
        const natural = await Promise.allSettled(
          callers.map((caller, index) =>
            caller.once(claimOf({ key: `natural-${index}` }), creating(row('the only one'))),
          ),
        )
        assert.equal(natural.filter(({ status }) => status === 'fulfilled').length, 1)
        assert.equal((await opened.rows()).length, 1)
        await other.close()
      })
    })
  })
}
