import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/idempotency/once.ts'
import type { Claim, Claimed, Settlement, Store } from '../../src/idempotency/store.ts'
import { toReplay } from '../../src/idempotency/to-replay.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'
import { createGate } from '../../src/testing/gate.ts'
import { manualTime } from '../../src/testing/manual-time.ts'
import { onceOver } from './once-over.ts'

const HOUR = 3_600_000
const claimOf = (key = 'k1', fingerprint = '1:f1'): Claim => ({
  scope: 'anybody createThing',
  key,
  fingerprint,
  retentionMs: HOUR,
})
const same = (recorded: string): boolean => recorded === '1:f1'
const answer = { status: 201, headers: { Location: '/things/1' } }
const kept = (result: string): Settlement<string> => ({ kind: 'commit', result, answer })
const refused = (result: string): Settlement<string> => ({ kind: 'roll-back', result })

/** A state machine over a memory store, with a first request that runs until the test lets it end. */
async function running({ waitMs = 0 } = {}) {
  const time = manualTime()
  const store = memoryStore({ time })
  const once = onceOver(store, { waitMs, time })
  const [entered, gate] = [createGate(), createGate()]
  let end: () => Settlement<string> = () => kept('first')
  const first = once(claimOf(), same, async () => {
    entered.open()
    await gate.opened
    return end()
  })
  await entered.opened
  return {
    once,
    time,
    store,
    first,
    endWith(how: () => Settlement<string>) {
      end = how
      gate.open()
    },
  }
}

/** Lets everything that can go on go on; nothing here waits for anything but promises. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

/** What a promise has come to, if it has. */
function watch<T>(promise: Promise<T>): { readonly outcome: T | undefined } {
  const seen: { outcome: T | undefined } = { outcome: undefined }
  promise.then(
    (value) => {
      seen.outcome = value
    },
    () => {},
  )
  return seen
}

const neverRuns = async (): Promise<Settlement<string>> => {
  throw new Error('This work must not run.')
}

describe('what the store answers', () => {
  const answering = (claimed: Claimed<never>): Store<unknown> => ({
    name: 'fake',
    once: async () => claimed,
    purge: async () => 0,
    erase: async () => 0,
    close: async () => {},
  })
  const asking = (claimed: Claimed<never>) =>
    onceOver(answering(claimed), { waitMs: 0, time: manualTime() })(claimOf(), same, neverRuns)

  it('is a replay where the record has the same fingerprint, else a mismatch', async () => {
    expect(await asking({ kind: 'recorded', fingerprint: '1:f1', answer, expiresAt: 2e12 })).toEqual({
      kind: 'replay',
      answer: toReplay(answer),
    })
    expect(await asking({ kind: 'recorded', fingerprint: '1:f2', answer, expiresAt: 2e12 })).toEqual({
      kind: 'mismatch',
    })
  })

  it('is in flight where another process runs the same request, with its own estimate; else a mismatch', async () => {
    const inFlight = { kind: 'in-flight', retryAfterMs: 2_500 } as const
    expect(await asking({ ...inFlight, fingerprint: '1:f1' })).toEqual(inFlight)
    expect(await asking({ ...inFlight, fingerprint: '1:f2' })).toEqual({ kind: 'mismatch' })
  })

  it('is in flight where another process runs the key and nobody can see for which request', async () => {
    const inFlight = { kind: 'in-flight', retryAfterMs: 2_500 } as const
    expect(await asking(inFlight)).toEqual(inFlight)
  })

  it('is blocked where an earlier execution of the same request was cut off; else a mismatch', async () => {
    expect(await asking({ kind: 'blocked', fingerprint: '1:f1' })).toMatchObject({ kind: 'blocked' })
    expect(await asking({ kind: 'blocked', fingerprint: '1:f2' })).toEqual({ kind: 'mismatch' })
  })

  it('is handed on where it is overloaded', async () => {
    const overloaded = { kind: 'overloaded', retryAfterMs: 700 } as const
    expect(await asking(overloaded)).toEqual(overloaded)
  })

  it('is handed on where it throws, and the key is free in this process', async () => {
    const fault = new Error('gone')
    let isGone = true
    const store: Store<unknown> = {
      ...answering({ kind: 'recorded', fingerprint: '1:f1', answer, expiresAt: 2e12 }),
      async once() {
        if (isGone) throw fault
        return { kind: 'recorded', fingerprint: '1:f1', answer, expiresAt: 2e12 }
      },
    }
    const once = onceOver(store, { waitMs: 0, time: manualTime() })
    await expect(once(claimOf(), same, neverRuns)).rejects.toBe(fault)
    isGone = false
    expect((await once(claimOf(), same, neverRuns)).kind).toBe('replay')
  })
})

describe('a request whose key is running in this process', () => {
  it('is told that it is in flight, at once without waitMs', async () => {
    const { once, endWith, first } = await running()
    expect(await once(claimOf(), same, neverRuns)).toEqual({ kind: 'in-flight', retryAfterMs: 1_000 })
    endWith(() => kept('first'))
    expect(await first).toEqual({ kind: 'executed', result: 'first' })
  })

  it('asks no store while it waits, and is a replay when the first one is kept', async () => {
    const time = manualTime()
    const store = memoryStore({ time })
    let asked = 0
    const counting: Store<MemoryTransaction> = {
      ...store,
      once(claim, work) {
        asked += 1
        return store.once(claim, work)
      },
    }
    const once = onceOver(counting, { waitMs: 100, time })
    const gate = createGate()
    const first = once(claimOf(), same, async () => {
      await gate.opened
      return kept('first')
    })
    const waiting = watch(once(claimOf(), same, neverRuns))
    await settled()
    expect([waiting.outcome, asked]).toEqual([undefined, 1])
    gate.open()
    await first
    await settled()
    expect([waiting.outcome, asked]).toEqual([{ kind: 'replay', answer: toReplay(answer) }, 2])
  })

  it('waits waitMs and not a millisecond more or less', async () => {
    const { once, time } = await running({ waitMs: 250 })
    const waiting = watch(once(claimOf(), same, neverRuns))
    time.move(249)
    await settled()
    expect(waiting.outcome).toBeUndefined()
    time.move(1)
    await settled()
    expect(waiting.outcome).toEqual({ kind: 'in-flight', retryAfterMs: 1_000 })
  })

  it('waits waitMs in all, however many it waits for', async () => {
    const { once, time, endWith } = await running({ waitMs: 250 })
    const second = createGate()
    const waiting = [
      watch(
        once(claimOf(), same, async () => {
          await second.opened
          return kept('second')
        }),
      ),
      watch(once(claimOf(), same, neverRuns)),
    ]
    time.move(200)
    await settled()
    endWith(() => refused('first'))
    await settled()
    time.move(49)
    await settled()
    expect(waiting.map(({ outcome }) => outcome)).toEqual([undefined, undefined])
    time.move(1)
    await settled()
    expect(waiting.map(({ outcome }) => outcome)).toEqual([undefined, { kind: 'in-flight', retryAfterMs: 1_000 }])
    second.open()
    await settled()
    expect(waiting[0]!.outcome).toEqual({ kind: 'executed', result: 'second' })
  })

  it('with another fingerprint is a mismatch at once, even with waitMs', async () => {
    const { once } = await running({ waitMs: 250 })
    const other = (recorded: string): boolean => recorded === '1:f2'
    expect(await once(claimOf('k1', '1:f2'), other, neverRuns)).toEqual({ kind: 'mismatch' })
  })

  it('does not wait for another key, nor for the same key of another scope', async () => {
    const time = manualTime()
    const once = onceOver(
      {
        name: 'parallel',
        async once<Result>(_: Claim | undefined, work: (session: never) => Promise<Settlement<Result>>) {
          return { kind: 'executed' as const, result: (await work(undefined as never)).result }
        },
        purge: async () => 0,
        erase: async () => 0,
        close: async () => {},
      },
      { waitMs: 0, time },
    )
    const gate = createGate()
    void once(claimOf(), same, async () => {
      await gate.opened
      return kept('first')
    })
    const others = [
      { ...claimOf(), key: 'k2' },
      { ...claimOf(), scope: 'anybody createOther' },
    ]
    for (const claim of others) {
      expect(await once(claim, same, async () => kept('other'))).toEqual({ kind: 'executed', result: 'other' })
    }
    gate.open()
  })
})

describe('when the first one is not kept', () => {
  it('one of those who wait takes over, and the others get its answer', async () => {
    const { once, endWith, first } = await running({ waitMs: 1_000 })
    const executed: number[] = []
    const waiting = Array.from({ length: 5 }, (_, index) =>
      once(claimOf(), same, async () => {
        executed.push(index)
        return kept(`waiter ${index}`)
      }),
    )
    await settled()
    endWith(() => refused('first'))
    expect(await first).toEqual({ kind: 'executed', result: 'first' })
    const outcomes = await Promise.all(waiting)
    expect(executed).toHaveLength(1)
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['executed', ...Array<string>(4).fill('replay')])
  })

  it('its error reaches only itself', async () => {
    const { once, endWith, first } = await running({ waitMs: 1_000 })
    const waiting = once(claimOf(), same, async () => kept('second'))
    const fault = new Error('the first one failed')
    endWith(() => {
      throw fault
    })
    await expect(first).rejects.toBe(fault)
    expect(await waiting).toEqual({ kind: 'executed', result: 'second' })
  })

  it('the key is free for another request', async () => {
    const { once, endWith, first } = await running()
    endWith(() => refused('first'))
    await first
    const other = (recorded: string): boolean => recorded === '1:f2'
    const outcome: Outcome<string> = await once(claimOf('k1', '1:f2'), other, async () => kept('other'))
    expect(outcome).toEqual({ kind: 'executed', result: 'other' })
  })
})

describe('a key past its retention', () => {
  it('is free, in this process too', async () => {
    const { once, endWith, first, time } = await running()
    endWith(() => kept('first'))
    await first
    expect((await once(claimOf(), same, neverRuns)).kind).toBe('replay')
    time.move(HOUR)
    expect(await once(claimOf(), same, async () => kept('again'))).toEqual({ kind: 'executed', result: 'again' })
  })
})
