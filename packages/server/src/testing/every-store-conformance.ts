import assert from 'node:assert/strict'
import { scopeOf } from '../idempotency/scope.ts'
import type { Claim, CrashPolicy, LeasedStore, Store } from '../idempotency/store.ts'
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

    describe('erasing a principal', () => {
      const claimOf = (principal: string, key = 'k1', operation = 'createThing') =>
        kit.claimOf({ scope: scopeOf(principal, operation), key })
      const ask = async (claim: Claim, asked = store): Promise<string> =>
        (await asked.once(claim, async () => ({ kind: 'roll-back', result: undefined }))).kind

      it('forgets all of its records over all operations, says how many, and frees the keys; rows stay', async () => {
        const claims = [claimOf('ann'), claimOf('ann', 'k2'), claimOf('ann', 'k1', 'createOther thing')]
        for (const claim of claims) await store.once(claim, kit.creating(kit.row()))
        assert.equal(await store.erase({ principal: 'ann' }), 3)
        assert.equal((await opened.rows()).length, 3)
        for (const claim of claims) assert.equal((await store.once(claim, kit.creating(kit.row()))).kind, 'executed')
      })

      it("leaves everybody else's, whatever they are called", async () => {
        const names = [
          'a%',
          'a_',
          'a*',
          'a?',
          '[a-z]',
          'a',
          'A',
          'ab',
          'a" ',
          '"a"',
          'a\\',
          "a'",
          'á',
          'a createThing',
          '😀',
          '\0',
        ]
        for (const name of names) await store.once(claimOf(name), kit.creating(kit.row()))
        for (const [index, principal] of names.entries()) {
          assert.equal(await store.erase({ principal }), 1)
          const left = await Promise.all(names.map((name) => ask(claimOf(name))))
          assert.deepEqual(
            left,
            names.map((_, other) => (other <= index ? 'executed' : 'recorded')),
          )
        }
      })

      it('goes on until all are forgotten, however small a batch is', async () => {
        const keys = Array.from({ length: 7 }, (_, index) => `k${index}`)
        for (const key of keys) await store.once(claimOf('ann', key), kit.creating(kit.row()))
        assert.equal(await store.erase({ principal: 'ann', batchSize: 3 }), 7)
        for (const key of keys) assert.equal(await ask(claimOf('ann', key)), 'executed')
        assert.equal(await store.erase({ principal: 'ann' }), 0)
      })

      it('forgets what is past its retention too: it may be kept still', async () => {
        await store.once(claimOf('ann'), kit.creating(kit.row()))
        time.move(HOUR)
        assert.equal(await store.erase({ principal: 'ann' }), 1)
        assert.equal(await store.purge(), 0)
      })

      it('does not stop what is running, whose answer is kept or forgotten as a whole', async () => {
        const [entered, gate] = [createGate(), createGate()]
        const running = store.once(claimOf('ann'), async (session) => {
          entered.open()
          await gate.opened
          return kit.creating(kit.row())(session)
        })
        await entered.opened
        const erasing = store.erase({ principal: 'ann' })
        await turns(5)
        gate.open()
        assert.equal((await running).kind, 'executed')
        const erased = await erasing
        assert.equal((await opened.rows()).length, 1)
        assert.equal(await ask(claimOf('ann')), erased === 0 ? 'recorded' : 'executed')
        assert.equal(await store.erase({ principal: 'ann' }), 1 - erased)
      })

      it('is seen by a second store on the same storage', async () => {
        if (opened.another === undefined) return
        const other = await opened.another()
        await store.once(claimOf('ann'), kit.creating(kit.row()))
        assert.equal(await other.erase({ principal: 'ann' }), 1)
        assert.equal(await ask(claimOf('ann')), 'executed')
        await other.close()
      })

      it('is counted when it has ended, so that whoever remembers records forgets them', async () => {
        if (store.erasures === undefined) return
        await store.once(claimOf('ann'), kit.creating(kit.row()))
        const before = store.erasures
        const erasing = store.erase({ principal: 'ann' })
        assert.equal(store.erasures, before)
        await erasing
        assert.equal(store.erasures, before + 1)
        await store.erase({ principal: 'nobody' })
        assert.equal(store.erasures, before + 2)
      })

      it('refuses a principal or a batch that is none, without showing the name', async () => {
        for (const principal of ['', undefined, 5]) {
          await assert.rejects(store.erase({ principal: principal as never }), /principal must be the name of a caller/)
        }
        for (const batchSize of [0, -1, 1.5, '9' as never]) {
          const refused = store.erase({ principal: 'the-name', batchSize })
          await assert.rejects(refused, (error: Error) => error instanceof TypeError && !/the-name/.test(error.message))
        }
      })

      it('is refused after the store was closed', async () => {
        await store.close()
        await assert.rejects(store.erase({ principal: 'ann' }), StoreUnavailableError)
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
