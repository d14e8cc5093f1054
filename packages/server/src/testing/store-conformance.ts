import assert from 'node:assert/strict'
import type { Claim, Claimed, DeclaredRow, RecordedAnswer, Session, Settlement, Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import { createGate } from './gate.ts'
import { type ManualTime, manualTime } from './manual-time.ts'
import type { Runner } from './runner.ts'

/** A row of the harness's table; `name` is unique there. */
export interface ConformanceRow {
  readonly id: string
  readonly name: string
}

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

const HOUR = 3_600_000
const CALLERS = 50

/**
 * The contract of {@link Store}: at most one execution per claim, rows and record together or not at all.
 *
 * Any store may run it; the runner's functions are passed in, and assertions are `node:assert`.
 */
export function describeStore<Tx>(harness: StoreHarness<Tx>, { describe, it, beforeEach, afterEach }: Runner): void {
  describe(`store conformance: ${harness.name}`, () => {
    let time: ManualTime
    let opened: OpenStore<Tx>
    let store: Store<Tx>
    let serial = 0

    beforeEach(async () => {
      time = manualTime()
      // What the clock says is the test's; how long a busy database is waited for is the machine's.
      opened = await harness.open({ now: time.now, after: systemTime.after })
      store = opened.store
    })
    afterEach(() => opened.dispose())

    const claimOf = (overrides: Partial<Claim> = {}): Claim => ({
      scope: 'anybody createThing',
      key: 'k1',
      fingerprint: '1:f1',
      retentionMs: HOUR,
      ...overrides,
    })
    /** What is found of a record that was made just now. */
    const recorded = (fingerprint: string, answer: RecordedAnswer) => ({
      kind: 'recorded',
      fingerprint,
      answer,
      expiresAt: time.now() + HOUR,
    })
    const row = (name = `name-${++serial}`): ConformanceRow => ({ id: `id-${++serial}`, name })
    const names = async (): Promise<string[]> => (await opened.rows()).map(({ name }) => name).sort()

    /** Work that inserts a row and is kept, as a creation does. */
    const creating =
      (inserted: ConformanceRow, more: { pause?: Promise<void>; answer?: RecordedAnswer } = {}) =>
      async ({ tx }: Session<Tx>): Promise<Settlement<ConformanceRow>> => {
        await opened.insert(tx, inserted)
        await more.pause
        return { kind: 'commit', result: inserted, answer: more.answer ?? answerOf(inserted) }
      }

    describe('one claim', () => {
      it('executes the work and keeps row and record', async () => {
        const thing = row()
        assert.deepEqual(await store.once(claimOf(), creating(thing)), { kind: 'executed', result: thing })
        assert.deepEqual(await opened.rows(), [thing])
      })

      it('finds the record on the second call, with fingerprint and answer as they were, and does not execute', async () => {
        const thing = row()
        await store.once(claimOf(), creating(thing))
        const again = await store.once(claimOf({ fingerprint: '1:f2' }), creating(row()))
        assert.deepEqual(again, recorded('1:f1', answerOf(thing)))
        assert.deepEqual(await opened.rows(), [thing])
      })

      it('keeps an answer byte for byte: a megabyte, text outside ASCII, an empty body, no body', async () => {
        const bodies = ['x'.repeat(1_048_576), '{"name":"Žofie 日本 😀 e\u0301"}', '']
        for (const [index, body] of bodies.entries()) {
          const answer = { status: 201, headers: { Location: '/things/1', ETag: '"\u00211"' }, body }
          await store.once(claimOf({ key: `body-${index}` }), creating(row(), { answer }))
          const again = await store.once(claimOf({ key: `body-${index}` }), creating(row()))
          assert.deepEqual(again, recorded('1:f1', answer))
        }
        const bare = { status: 201, headers: {} }
        await store.once(claimOf({ key: 'bare' }), creating(row(), { answer: bare }))
        assert.deepEqual(await store.once(claimOf({ key: 'bare' }), creating(row())), recorded('1:f1', bare))
      })

      it('keeps scopes apart, and keys apart', async () => {
        for (const claim of [
          claimOf(),
          claimOf({ scope: 'anybody createOther' }),
          claimOf({ key: 'k2' }),
          claimOf({ key: 'K1' }),
        ]) {
          assert.equal((await store.once(claim, creating(row()))).kind, 'executed')
        }
        assert.equal((await opened.rows()).length, 4)
      })
    })

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

      it('goes on with the next caller after an exception', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, (_, index) =>
            store.once(claimOf({ key: `k${index}` }), async (session) => {
              if (index % 2 === 0) throw new Error('every second one fails')
              return creating(row())(session)
            }),
          ),
        )
        assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 5)
        assert.equal((await opened.rows()).length, 5)
      })
    })

    describe('many callers at once', () => {
      it(`executes one key once for ${CALLERS} callers`, async () => {
        const outcomes = await Promise.all(
          Array.from({ length: CALLERS }, () => store.once(claimOf(), creating(row()))),
        )
        assertOneExecution(outcomes)
        assert.equal((await opened.rows()).length, 1)
      })

      it(`executes ${CALLERS} different keys whose work awaits in between, each with its own row`, async () => {
        const things = Array.from({ length: CALLERS }, () => row())
        const outcomes = await Promise.all(
          things.map((thing, index) =>
            store.once(claimOf({ key: `k${index}` }), async (session) => {
              await turns(index % 5)
              const settlement = await creating(thing)(session)
              await turns(index % 3)
              return settlement
            }),
          ),
        )
        assert.deepEqual(
          outcomes,
          things.map((result) => ({ kind: 'executed', result })),
        )
        assert.deepEqual(await names(), things.map(({ name }) => name).sort())
      })

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
      it('remembers until the last millisecond, and executes again after it, purged or not', async () => {
        await store.once(claimOf(), creating(row()))
        time.move(HOUR - 1)
        assert.equal((await store.once(claimOf(), creating(row()))).kind, 'recorded')
        time.move(1)
        const second = row()
        assert.equal((await store.once(claimOf({ fingerprint: '1:f2' }), creating(second))).kind, 'executed')
        assert.deepEqual(await store.once(claimOf(), creating(row())), recorded('1:f2', answerOf(second)))
      })

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

      it('still remembers when the clock is set back', async () => {
        await store.once(claimOf(), creating(row()))
        time.move(-2 * HOUR)
        assert.equal((await store.once(claimOf(), creating(row()))).kind, 'recorded')
      })
    })

    describe('without a claim', () => {
      it('is a transaction, and remembers nothing', async () => {
        assert.equal((await store.once(undefined, creating(row()))).kind, 'executed')
        assert.equal((await store.once(undefined, creating(row()))).kind, 'executed')
        time.move(100 * HOUR)
        assert.equal(await store.purge(), 0)
        assert.equal((await opened.rows()).length, 2)
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

      it('finishes what is running before it closes', async () => {
        const gate = createGate()
        const running = store.once(claimOf(), creating(row(), { pause: gate.opened }))
        const closing = store.close()
        gate.open()
        assert.equal((await running).kind, 'executed')
        await closing
      })

      it('finishes what is waiting before it closes, and refuses what comes later', async () => {
        const gate = createGate()
        const running = store.once(claimOf(), creating(row(), { pause: gate.opened }))
        const waiting = store.once(claimOf({ key: 'k2' }), creating(row()))
        const closing = store.close()
        await assert.rejects(store.once(claimOf({ key: 'k3' }), creating(row())), StoreUnavailableError)
        gate.open()
        assert.deepEqual([(await running).kind, (await waiting).kind], ['executed', 'executed'])
        await closing
        await assert.rejects(store.once(claimOf({ key: 'k3' }), creating(row())), StoreUnavailableError)
      })
    })

    describe('a declared row', () => {
      const build =
        (more: { answer?: RecordedAnswer } = {}) =>
        (values: Readonly<Record<string, unknown>>) => ({
          kind: 'commit' as const,
          result: values,
          answer: more.answer ?? answerOf({ id: String(values['id']), name: '' }),
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
      it("see each other's records", async () => {
        if (opened.another === undefined) return
        const other = await opened.another()
        const thing = row()
        await store.once(claimOf(), creating(thing))
        assert.deepEqual(await other.once(claimOf(), creating(row())), recorded('1:f1', answerOf(thing)))
        await other.close()
      })

      it(`execute one key once for ${CALLERS} callers of both, and one natural key once`, async () => {
        if (opened.another === undefined) return
        const other = await opened.another()
        const callers = Array.from({ length: CALLERS }, (_, index) => (index % 2 === 0 ? store : other))
        const outcomes = await Promise.all(callers.map((caller) => caller.once(claimOf(), creating(row()))))
        assertOneExecution(outcomes)
        const natural = await Promise.allSettled(
          callers.map((caller, index) =>
            caller.once(claimOf({ key: `natural-${index}` }), creating(row('the only one'))),
          ),
        )
        assert.equal(natural.filter(({ status }) => status === 'fulfilled').length, 1)
        assert.equal((await opened.rows()).length, 2)
        await other.close()
      })
    })
  })
}

function answerOf({ id }: ConformanceRow): RecordedAnswer {
  return {
    status: 201,
    headers: { 'Content-Type': 'application/json', Location: `/things/${id}` },
    body: JSON.stringify({ id }),
  }
}

function assertOneExecution(outcomes: readonly Claimed<unknown>[]): void {
  assert.equal(outcomes.filter(({ kind }) => kind === 'executed').length, 1)
  const others = outcomes.filter(({ kind }) => kind !== 'executed')
  for (const { kind } of others) assert.ok(kind === 'recorded' || kind === 'in-flight', kind)
}

/** Lets the event loop turn, so that other callers come in between. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
