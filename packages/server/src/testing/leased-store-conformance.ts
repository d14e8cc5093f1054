import assert from 'node:assert/strict'
import { scopeOf } from '../idempotency/scope.ts'
import type { Signal } from '../idempotency/signal.ts'
import type { Claim, Claimed, LeasedStore, Session, Settlement } from '../idempotency/store.ts'
import { UnknownOutcomeError } from '../idempotency/store-errors.ts'
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

// A renewal that was sent before the first of them has come long before the last.
const MOST_QUESTIONS = 1_000

/** A leased store under test, on storage of its own. */
export interface OpenLeasedStore<Tx> {
  readonly store: LeasedStore<Tx>
  /** How long a lease lasts, in milliseconds; it is renewed at least three times as often. */
  readonly leaseMs: number
  /** A second store on the same storage, as another process would open it. */
  another(time: Time): Promise<LeasedStore<Tx>>
  dispose(): Promise<void>
}

/** How the suite gets at a leased store. */
export interface LeasedStoreHarness<Tx> {
  readonly name: string
  /** Opens a store on empty storage. Leases and retention are judged by `time.now`, renewals come by `time.after`. */
  open(time: Time): Promise<OpenLeasedStore<Tx>>
}

/** An attempt that the test holds. */
interface Held {
  readonly ended: Promise<Claimed<string>>
  readonly signal: Signal | undefined
  /** Lets it go on: it is kept, unless it is to end otherwise. */
  goOn(end?: () => Settlement<string>): void
}

/**
 * The contract of {@link LeasedStore}: a key is its owner's as long as the owner says so, what follows a crash is the
 * claim's choice, and a late owner changes nothing.
 *
 * Any leased store may run it; the runner's functions are passed in, and assertions are `node:assert`.
 */
export function describeLeasedStore<Tx>(harness: LeasedStoreHarness<Tx>, runner: Runner): void {
  for (const onCrash of ['block', 'rerun'] as const) {
    describeEveryStore<Tx>({ name: `${harness.name}, ${onCrash}`, onCrash, open: withRows }, runner)
  }

  /** There is no transaction: what the work did is done. */
  async function withRows(time: Time) {
    const opened = await harness.open(time)
    const rows: ConformanceRow[] = []
    return {
      store: opened.store,
      insert: (_: Tx, row: ConformanceRow) => void rows.push(row),
      rows: async () => rows,
      another: () => opened.another(time),
      dispose: () => opened.dispose(),
    }
  }

  const { describe, it, beforeEach, afterEach } = runner
  describe(`store conformance: ${harness.name}, its leases`, () => {
    let time: ManualTime
    /** When timers fire is apart from what the time is: a process may be late for its renewal. */
    let timers: ManualTime
    let opened: OpenLeasedStore<Tx>
    let other: LeasedStore<Tx>
    let leaseMs: number
    let kit: ConformanceKit<Tx>
    let held: Held[]

    beforeEach(async () => {
      time = manualTime()
      timers = manualTime()
      opened = await harness.open({ now: time.now, after: timers.after })
      other = await opened.another({ now: time.now, after: systemTime.after })
      leaseMs = opened.leaseMs
      kit = createKit({ insert: () => {}, now: time.now, onCrash: 'block' })
      held = []
    })
    afterEach(async () => {
      for (const { goOn } of held) goOn()
      await Promise.allSettled(held.map(({ ended }) => ended))
      await opened.dispose()
    })

    /** Begins work under the claim, and holds it inside. */
    async function hold(store: LeasedStore<Tx>, claim: Claim, name = 'held'): Promise<Held> {
      const [entered, gate] = [createGate(), createGate()]
      let signal: Signal | undefined
      let end = kept(name)
      const ended = store.once(claim, async (session: Session<Tx>) => {
        signal = session.signal
        entered.open()
        await gate.opened
        return end()
      })
      await Promise.race([entered.opened, ended])
      const attempt: Held = {
        ended,
        signal,
        goOn(otherEnd) {
          end = otherEnd ?? end
          gate.open()
        },
      }
      held.push(attempt)
      return attempt
    }

    /** An owner that stops inside its work, as a killed or frozen process does, until its lease is over. */
    async function crashed(claim: Claim): Promise<Held> {
      const attempt = await hold(opened.store, claim)
      time.move(leaseMs)
      return attempt
    }

    const rerun = (overrides: Partial<Claim> = {}): Claim => kit.claimOf({ onCrash: 'rerun', ...overrides })
    const asking = (claim: Claim): Promise<Claimed<string>> => other.once(claim, neverRuns)
    const executing = (claim: Claim, name = 'successor'): Promise<Claimed<string>> =>
      other.once(claim, async () => kept(name)())

    describe('a key that is being executed', () => {
      it('is in flight for everybody until its lease ends, and tells for which request', async () => {
        await hold(opened.store, kit.claimOf())
        const inFlight = { kind: 'in-flight', fingerprint: '1:f1' }
        assert.deepEqual(await asking(kit.claimOf()), { ...inFlight, retryAfterMs: leaseMs })
        time.move(leaseMs - 1)
        assert.deepEqual(await asking(kit.claimOf()), { ...inFlight, retryAfterMs: 1 })
        assert.deepEqual(await asking(rerun({ fingerprint: '1:f2' })), { ...inFlight, retryAfterMs: 1 })
      })

      it('is renewed as long as the work runs, however long that is', async () => {
        const attempt = await hold(opened.store, kit.claimOf())
        for (let turn = 0; turn < 5; turn++) {
          time.move(leaseMs / 2)
          await untilRenewed()
        }
        attempt.goOn()
        assert.deepEqual(await attempt.ended, { kind: 'executed', result: 'held' })
      })

      /** The store itself is asked, so that its renewal is on the way before the question, and its answer too. */
      async function untilRenewed(): Promise<void> {
        timers.move(leaseMs / 2)
        for (let asked = 0; asked < MOST_QUESTIONS; asked++) {
          const claimed = await opened.store.once(kit.claimOf(), neverRuns)
          if (claimed.kind === 'in-flight' && claimed.retryAfterMs === leaseMs) return turns(2)
        }
        assert.fail(`The lease was not renewed, as ${MOST_QUESTIONS} questions told.`)
      }
    })

    describe('a key whose owner has stopped', () => {
      it('is blocked for good where both ask for it, and tells for which request', async () => {
        await crashed(kit.claimOf())
        const blocked = { kind: 'blocked', fingerprint: '1:f1' }
        assert.deepEqual(await asking(kit.claimOf()), blocked)
        assert.deepEqual(await asking(kit.claimOf({ fingerprint: '1:f2' })), blocked)
        time.move(HOUR - 1)
        assert.deepEqual(await asking(kit.claimOf()), blocked)
      })

      it('is free after the retention, as any key', async () => {
        await crashed(kit.claimOf())
        time.move(HOUR)
        assert.equal((await executing(kit.claimOf({ fingerprint: '1:f2' }))).kind, 'executed')
      })

      it('is taken over where both allow it, not a millisecond before the lease is over', async () => {
        await hold(opened.store, rerun())
        time.move(leaseMs - 1)
        assert.equal((await asking(rerun())).kind, 'in-flight')
        time.move(1)
        assert.deepEqual(await executing(rerun()), { kind: 'executed', result: 'successor' })
        assert.deepEqual(await asking(rerun()), kit.recorded('1:f1', answerOf({ id: 'successor' })))
      })

      it('is blocked where one of both does not allow to run again', async () => {
        await crashed(kit.claimOf())
        assert.equal((await asking(rerun())).kind, 'blocked')
      })

      it('is blocked where the other one does not', async () => {
        await crashed(rerun())
        assert.equal((await asking(kit.claimOf())).kind, 'blocked')
      })

      it('is not taken over by another request', async () => {
        await crashed(rerun())
        const claimed = await asking(rerun({ fingerprint: '1:f2', isSame: () => false }))
        assert.equal(claimed.kind === 'in-flight' && claimed.fingerprint, '1:f1')
        assert.equal((await asking(rerun({ fingerprint: '1:f2' }))).kind, 'in-flight')
        assert.equal((await executing(rerun())).kind, 'executed')
      })

      it('is taken over by the same request in another version of the fingerprint', async () => {
        await crashed(rerun())
        const asked: string[] = []
        const isSame = (recorded: string): boolean => {
          asked.push(recorded)
          return true
        }
        assert.equal((await executing(rerun({ fingerprint: '2:f1', isSame }))).kind, 'executed')
        assert.deepEqual(asked, ['1:f1'])
      })

      it(`is taken over by one of ${CALLERS}`, async () => {
        await crashed(rerun())
        const isSame = (): boolean => true
        const claims = Array.from({ length: CALLERS }, (_, index) => rerun({ fingerprint: `${index % 2}:f1`, isSame }))
        const outcomes = await Promise.all(claims.map((claim) => executing(claim)))
        assert.equal(outcomes.filter(({ kind }) => kind === 'executed').length, 1)
      })
    })

    describe('a late owner', () => {
      it('gets the answer of its successor, and does not replace it', async () => {
        const late = await crashed(rerun())
        await executing(rerun())
        late.goOn()
        const record = kit.recorded('1:f1', answerOf({ id: 'successor' }))
        assert.deepEqual(await late.ended, record)
        assert.deepEqual(await asking(rerun()), record)
      })

      it('is told that the key is in flight, while its successor runs', async () => {
        const late = await crashed(rerun())
        const successor = await hold(other, rerun(), 'successor')
        late.goOn()
        assert.deepEqual(await late.ended, { kind: 'in-flight', fingerprint: '1:f1', retryAfterMs: leaseMs })
        successor.goOn()
        assert.equal((await successor.ended).kind, 'executed')
      })

      it('does not free the key of its successor: not by a roll-back, not by an exception, not by an unknown outcome', async () => {
        for (const [index, end] of [
          refused,
          thrown(new Error('late')),
          thrown(new UnknownOutcomeError('late')),
        ].entries()) {
          const claim = rerun({ key: `k${index}` })
          const late = await crashed(claim)
          await hold(other, claim)
          late.goOn(end)
          await Promise.allSettled([late.ended])
          assert.equal((await asking(claim)).kind, 'in-flight')
        }
      })

      it('whom nobody has succeeded records its answer', async () => {
        for (const claim of [kit.claimOf({ key: 'a' }), rerun({ key: 'b' })]) {
          const late = await crashed(claim)
          late.goOn()
          assert.deepEqual(await late.ended, { kind: 'executed', result: 'held' })
          assert.deepEqual(await asking(claim), kit.recorded('1:f1', answerOf({ id: 'held' })))
        }
      })

      it('whose key an operator let go records its answer, since what it did is done', async () => {
        const claim = kit.claimOf({ scope: scopeOf('ann', 'createThing') })
        const late = await crashed(claim)
        await other.release({ principal: 'ann', operation: 'createThing', key: claim.key })
        late.goOn()
        assert.deepEqual(await late.ended, { kind: 'executed', result: 'held' })
        assert.deepEqual(await asking(claim), kit.recorded('1:f1', answerOf({ id: 'held' })))
      })

      it('is told by its signal, as soon as it looks after its lease again', async () => {
        const late = await crashed(rerun())
        await executing(rerun())
        assert.equal(late.signal?.aborted, false)
        const aborted = new Promise((resolve) => late.signal?.addEventListener('abort', resolve))
        timers.move(leaseMs)
        await aborted
      })
    })

    describe('an outcome that the author does not know', () => {
      const unknown = new UnknownOutcomeError('The payment provider did not answer.')

      it('blocks the key at once, and says why', async () => {
        const claimed = await other.once(kit.claimOf(), async () => thrown(unknown)())
        assert.deepEqual(claimed, { kind: 'blocked', fingerprint: '1:f1', cause: unknown })
        assert.deepEqual(await asking(kit.claimOf()), { kind: 'blocked', fingerprint: '1:f1' })
      })

      it('lets the same request run again at once, and no other, where that is allowed', async () => {
        await assert.rejects(
          other.once(rerun(), async () => thrown(unknown)()),
          unknown,
        )
        assert.equal((await asking(rerun({ fingerprint: '1:f2' }))).kind, 'in-flight')
        assert.equal((await executing(rerun())).kind, 'executed')
      })
    })

    describe('erasing a principal', () => {
      const claimOf = (key: string): Claim => kit.claimOf({ scope: scopeOf('ann', 'createThing'), key })

      it('leaves what is unfinished: a key whose owner is at work, and one that is blocked', async () => {
        await executing(claimOf('finished'))
        await crashed(claimOf('blocked'))
        const running = await hold(opened.store, claimOf('running'))
        assert.equal(await other.erase({ principal: 'ann' }), 1)
        assert.equal((await asking(claimOf('blocked'))).kind, 'blocked')
        assert.equal((await asking(claimOf('running'))).kind, 'in-flight')
        running.goOn()
        assert.equal((await running.ended).kind, 'executed')
        assert.equal(await other.erase({ principal: 'ann' }), 1)
      })
    })

    describe('a release by an operator', () => {
      const name = { principal: 'ann', operation: 'createThing', key: 'k1' }
      const claimOf = (): Claim => kit.claimOf({ scope: scopeOf('ann', 'createThing') })

      it('frees a blocked key, for any request', async () => {
        await crashed(claimOf())
        assert.deepEqual(await other.release(name), { kind: 'released' })
        assert.equal((await executing({ ...claimOf(), fingerprint: '1:f2' })).kind, 'executed')
      })

      it('leaves a key whose owner is alive', async () => {
        await hold(opened.store, claimOf())
        assert.deepEqual(await other.release(name), { kind: 'running', leaseMs })
        assert.equal((await asking(claimOf())).kind, 'in-flight')
      })

      it('leaves a key that has an answer, and one that nobody knows', async () => {
        assert.deepEqual(await other.release(name), { kind: 'absent' })
        await executing(claimOf())
        assert.deepEqual(await other.release(name), { kind: 'finished' })
        assert.equal((await asking(claimOf())).kind, 'recorded')
        assert.deepEqual(await other.release({ ...name, principal: 'bob' }), { kind: 'absent' })
      })
    })
  })
}

const kept = (name: string) => (): Settlement<string> => ({
  kind: 'commit',
  result: name,
  answer: answerOf({ id: name }),
})
const refused = (): Settlement<string> => ({ kind: 'roll-back', result: 'refused' })
const thrown = (error: Error) => (): Settlement<string> => {
  throw error
}

async function neverRuns(): Promise<Settlement<string>> {
  throw new Error('This work must not run.')
}
