import assert from 'node:assert/strict'
import type { CrashPolicy, LeasedStore, Store } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { systemTime, type Time } from '../idempotency/time.ts'
import {
  answerOf,
  assertOneExecution,
  CALLERS,
  type ConformanceKit,
  type ConformanceRow,
  createKit,
  HOUR,
  turns,
} from './conformance-kit.ts'
import { createGate } from './gate.ts'
import { type ManualTime, manualTime } from './manual-time.ts'
import type { Runner } from './runner.ts'

/** A store of either kind, and what its work leaves behind. */
export interface OpenEither<Tx> {
  readonly store: Store<Tx> | LeasedStore<Tx>
  insert(tx: Tx, row: ConformanceRow): void | Promise<void>
  rows(): Promise<readonly ConformanceRow[]>
  another?(): Promise<Store<Tx> | LeasedStore<Tx>>
  dispose(): Promise<void>
}

/**
 * What every store promises, whether it has a transaction or a lease: at most one execution per claim at a time, its
 * answer remembered byte by byte for as long as was asked, and nothing remembered of work that is not kept.
 */
export function describeEveryStore<Tx>(
  harness: { readonly name: string; open(time: Time): Promise<OpenEither<Tx>>; readonly onCrash?: CrashPolicy },
  { describe, it, beforeEach, afterEach }: Runner,
): void {
  describe(`store conformance: ${harness.name}`, () => {
    let time: ManualTime
    let opened: OpenEither<Tx>
    let store: OpenEither<Tx>['store']
    let kit: ConformanceKit<Tx>

    beforeEach(async () => {
      time = manualTime()
      // What the clock says is the test's; how long a busy database is waited for is the machine's.
      opened = await harness.open({ now: time.now, after: systemTime.after })
      store = opened.store
      const { onCrash } = harness
      kit = createKit({ insert: opened.insert, now: time.now, ...(onCrash !== undefined && { onCrash }) })
    })
    afterEach(() => opened.dispose())

    describe('one claim', () => {
      it('executes the work and keeps row and record', async () => {
        const thing = kit.row()
        assert.deepEqual(await store.once(kit.claimOf(), kit.creating(thing)), { kind: 'executed', result: thing })
        assert.deepEqual(await opened.rows(), [thing])
      })

      it('finds the record on the second call, with fingerprint and answer as they were, and does not execute', async () => {
        const thing = kit.row()
        await store.once(kit.claimOf(), kit.creating(thing))
        const again = await store.once(kit.claimOf({ fingerprint: '1:f2' }), kit.creating(kit.row()))
        assert.deepEqual(again, kit.recorded('1:f1', answerOf(thing)))
        assert.deepEqual(await opened.rows(), [thing])
      })

      it('keeps an answer byte for byte: a megabyte, text outside ASCII, an empty body, no body', async () => {
        const bodies = ['x'.repeat(1_048_576), '{"name":"Žofie 日本 😀 e\u0301"}', '']
        for (const [index, body] of bodies.entries()) {
          const answer = { status: 201, headers: { Location: '/things/1', ETag: '"\u00211"' }, body }
          await store.once(kit.claimOf({ key: `body-${index}` }), kit.creating(kit.row(), { answer }))
          const again = await store.once(kit.claimOf({ key: `body-${index}` }), kit.creating(kit.row()))
          assert.deepEqual(again, kit.recorded('1:f1', answer))
        }
        const bare = { status: 201, headers: {} }
        await store.once(kit.claimOf({ key: 'bare' }), kit.creating(kit.row(), { answer: bare }))
        assert.deepEqual(
          await store.once(kit.claimOf({ key: 'bare' }), kit.creating(kit.row())),
          kit.recorded('1:f1', bare),
        )
      })

      it('keeps scopes apart, and keys apart', async () => {
        for (const claim of [
          kit.claimOf(),
          kit.claimOf({ scope: 'anybody createOther' }),
          kit.claimOf({ key: 'k2' }),
          kit.claimOf({ key: 'K1' }),
        ]) {
          assert.equal((await store.once(claim, kit.creating(kit.row()))).kind, 'executed')
        }
        assert.equal((await opened.rows()).length, 4)
      })
    })

    describe('work that is not kept', () => {
      it('leaves the key free after a roll-back', async () => {
        const refused = await store.once(kit.claimOf(), async () => ({ kind: 'roll-back', result: 'refused' }))
        assert.deepEqual(refused, { kind: 'executed', result: 'refused' })
        assert.equal((await store.once(kit.claimOf({ fingerprint: '1:f2' }), kit.creating(kit.row()))).kind, 'executed')
      })

      it('leaves the key free after an exception, and throws it on', async () => {
        const fault = new Error('the author failed')
        const failing = store.once(kit.claimOf(), async () => {
          throw fault
        })
        await assert.rejects(failing, fault)
        assert.equal((await store.once(kit.claimOf({ fingerprint: '1:f2' }), kit.creating(kit.row()))).kind, 'executed')
      })

      it('goes on with the next caller after an exception', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, (_, index) =>
            store.once(kit.claimOf({ key: `k${index}` }), async (session) => {
              if (index % 2 === 0) throw new Error('every second one fails')
              return kit.creating(kit.row())(session)
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
          Array.from({ length: CALLERS }, () => store.once(kit.claimOf(), kit.creating(kit.row()))),
        )
        assertOneExecution(outcomes)
        assert.equal((await opened.rows()).length, 1)
      })

      it(`executes ${CALLERS} different keys whose work awaits in between, each with its own row`, async () => {
        const things = Array.from({ length: CALLERS }, () => kit.row())
        const outcomes = await Promise.all(
          things.map((thing, index) =>
            store.once(kit.claimOf({ key: `k${index}` }), async (session) => {
              await turns(index % 5)
              const settlement = await kit.creating(thing)(session)
              await turns(index % 3)
              return settlement
            }),
          ),
        )
        assert.deepEqual(
          outcomes,
          things.map((result) => ({ kind: 'executed', result })),
        )
        const names = (rows: readonly ConformanceRow[]): string[] => rows.map(({ name }) => name).sort()
        assert.deepEqual(names(await opened.rows()), names(things))
      })
    })

    describe('retention', () => {
      it('remembers until the last millisecond, and executes again after it, purged or not', async () => {
        await store.once(kit.claimOf(), kit.creating(kit.row()))
        time.move(HOUR - 1)
        assert.equal((await store.once(kit.claimOf(), kit.creating(kit.row()))).kind, 'recorded')
        time.move(1)
        const second = kit.row()
        assert.equal((await store.once(kit.claimOf({ fingerprint: '1:f2' }), kit.creating(second))).kind, 'executed')
        assert.deepEqual(
          await store.once(kit.claimOf(), kit.creating(kit.row())),
          kit.recorded('1:f2', answerOf(second)),
        )
      })

      it('still remembers when the clock is set back', async () => {
        await store.once(kit.claimOf(), kit.creating(kit.row()))
        time.move(-2 * HOUR)
        assert.equal((await store.once(kit.claimOf(), kit.creating(kit.row()))).kind, 'recorded')
      })
    })

    describe('without a claim', () => {
      it('executes every time, and remembers nothing', async () => {
        assert.equal((await store.once(undefined, kit.creating(kit.row()))).kind, 'executed')
        assert.equal((await store.once(undefined, kit.creating(kit.row()))).kind, 'executed')
        time.move(100 * HOUR)
        assert.equal(await store.purge(), 0)
        assert.equal((await opened.rows()).length, 2)
      })
    })

    describe('the end', () => {
      it('finishes what is running before it closes', async () => {
        const gate = createGate()
        const running = store.once(kit.claimOf(), kit.creating(kit.row(), { pause: gate.opened }))
        const closing = store.close()
        gate.open()
        assert.equal((await running).kind, 'executed')
        await closing
      })

      it('finishes what is waiting before it closes, and refuses what comes later', async () => {
        const gate = createGate()
        const running = store.once(kit.claimOf(), kit.creating(kit.row(), { pause: gate.opened }))
        const waiting = store.once(kit.claimOf({ key: 'k2' }), kit.creating(kit.row()))
        const closing = store.close()
        await assert.rejects(store.once(kit.claimOf({ key: 'k3' }), kit.creating(kit.row())), StoreUnavailableError)
        gate.open()
        assert.deepEqual([(await running).kind, (await waiting).kind], ['executed', 'executed'])
        await closing
        await assert.rejects(store.once(kit.claimOf({ key: 'k3' }), kit.creating(kit.row())), StoreUnavailableError)
      })
    })

    describe('two stores on one storage', () => {
      it("see each other's records", async () => {
        if (opened.another === undefined) return
        const other = await opened.another()
        const thing = kit.row()
        await store.once(kit.claimOf(), kit.creating(thing))
        assert.deepEqual(
          await other.once(kit.claimOf(), kit.creating(kit.row())),
          kit.recorded('1:f1', answerOf(thing)),
        )
        await other.close()
      })

      it(`execute one key once for ${CALLERS} callers of both`, async () => {
        if (opened.another === undefined) return
        const other = await opened.another()
        const outcomes = await Promise.all(
          Array.from({ length: CALLERS }, (_, index) =>
            (index % 2 === 0 ? store : other).once(kit.claimOf(), kit.creating(kit.row())),
          ),
        )
        assertOneExecution(outcomes)
        assert.equal((await opened.rows()).length, 1)
        await other.close()
      })
    })
  })
}
