import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/idempotency/once.ts'
import type { RecordedAnswer } from '../../src/idempotency/store.ts'
import { toReplay } from '../../src/idempotency/to-replay.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { manualTime } from '../../src/testing/manual-time.ts'
import { onceOver } from './once-over.ts'

// The model of a key: what executed, how it ended, and what was acknowledged. fast-check makes up requests and the
// order in which everything that they await comes back; the model says what no order may bring about.

const RETENTION_MS = 1_000

const fault = new Error('the author failed')

interface Planned {
  readonly key: string
  readonly payload: string
  /** How the work ends, if it runs. */
  readonly end: 'commit' | 'roll-back' | 'throw'
  /** How often the work awaits before it ends. */
  readonly awaits: number
}

const planned: fc.Arbitrary<Planned> = fc.record({
  key: fc.constantFrom('k1', 'k2'),
  payload: fc.constantFrom('a', 'a', 'a', 'b'),
  end: fc.constantFrom('commit', 'commit', 'roll-back', 'throw'),
  awaits: fc.nat({ max: 3 }),
})

type Ended = Outcome<string> | { readonly kind: 'threw' }

describe('the state machine of a key, in every order of events', () => {
  it('executes at most one at a time and keeps at most one, and every replay is the acknowledged answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(planned, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(0, 50),
        async (scheduler, requests, waitMs) => {
          const time = manualTime()
          const store = memoryStore({ time })
          const once = onceOver(store, { waitMs, time })
          const executing = new Map<string, number>()
          const acknowledged = new Map<string, { payload: string; answer: RecordedAnswer }>()

          const send = async ({ key, payload, end, awaits }: Planned, index: number): Promise<Ended> => {
            await scheduler.schedule(Promise.resolve(), `request ${index} arrives`)
            const fingerprint = `1:${payload}`
            const claim = { scope: 'anybody createThing', key, fingerprint, retentionMs: RETENTION_MS }
            const answer = { status: 201, headers: { Location: `/things/${index}` } }
            try {
              return await once(
                claim,
                (recorded) => recorded === fingerprint,
                async ({ tx }) => {
                  executing.set(key, (executing.get(key) ?? 0) + 1)
                  expect(executing.get(key)).toBe(1)
                  expect(acknowledged.has(key)).toBe(false)
                  tx.insert('thing', `${index}`, { id: `${index}`, key })
                  for (let turn = 0; turn < awaits; turn++) {
                    await scheduler.schedule(Promise.resolve(), `request ${index}, step ${turn}`)
                  }
                  executing.set(key, executing.get(key)! - 1)
                  if (end === 'throw') throw fault
                  if (end === 'roll-back') return { kind: 'roll-back', result: `${index}` }
                  acknowledged.set(key, { payload, answer })
                  return { kind: 'commit', result: `${index}`, answer }
                },
              )
            } catch (error) {
              // Anything else is an expectation that was not met.
              if (error !== fault) throw error
              return { kind: 'threw' }
            }
          }

          const sent = requests.map(send)
          const clock = scheduler.schedule(Promise.resolve(), 'time passes').then(() => time.move(waitMs))
          await scheduler.waitFor(Promise.all([...sent, clock]))
          const outcomes = await Promise.all(sent)

          for (const [index, outcome] of outcomes.entries()) {
            const { key, payload, end } = requests[index]!
            const first = acknowledged.get(key)
            if (outcome.kind === 'executed') expect(end).not.toBe('throw')
            if (outcome.kind === 'threw') expect(end).toBe('throw')
            if (outcome.kind === 'replay') {
              expect({ payload, answer: outcome.answer }).toEqual({ ...first, answer: toReplay(first!.answer) })
            }
            if (outcome.kind === 'mismatch') {
              expect(requests.some((other) => other.key === key && other.payload !== payload)).toBe(true)
            }
          }
          const rows = store.read.all('thing').map(({ key }) => key)
          expect(rows.sort()).toEqual([...acknowledged.keys()].sort())

          // Afterwards: what was acknowledged is replayed, what was not is free, and past its retention all is free.
          for (const key of ['k1', 'k2']) {
            const retry = requests.find((request) => request.key === key)
            if (retry === undefined) continue
            const first = acknowledged.get(key)
            if (first === undefined) {
              expect(await retryOf(key, 'a')).toMatchObject({ kind: 'executed' })
            } else {
              expect(await retryOf(key, first.payload)).toEqual({ kind: 'replay', answer: toReplay(first.answer) })
              expect(await retryOf(key, `not ${first.payload}`)).toEqual({ kind: 'mismatch' })
              time.move(RETENTION_MS)
              expect(await retryOf(key, `not ${first.payload}`)).toMatchObject({ kind: 'executed' })
              time.move(-RETENTION_MS)
            }
          }

          function retryOf(key: string, payload: string): Promise<Outcome<string>> {
            const fingerprint = `1:${payload}`
            return once(
              { scope: 'anybody createThing', key, fingerprint, retentionMs: RETENTION_MS },
              (recorded) => recorded === fingerprint,
              async () => ({ kind: 'commit', result: 'retry', answer: { status: 201, headers: {} } }),
            )
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
