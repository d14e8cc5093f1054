import { describe, expect, it } from 'vitest'
import { holdLease } from '../../src/stores/redis/hold-lease.ts'
import { manualTime } from '../../src/testing/manual-time.ts'

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A lease of 9 s, whose renewals answer what the test says. */
function holding({ holdMs = 60_000 } = {}) {
  const time = manualTime()
  const answers: ('renewed' | 'lost' | Error)[] = []
  let renewals = 0
  const lease = holdLease(
    async () => {
      renewals += 1
      const answer = answers.shift() ?? 'renewed'
      if (answer instanceof Error) throw answer
      return answer
    },
    { time, leaseMs: 9_000, holdMs },
  )
  return {
    lease,
    answers,
    renewals: () => renewals,
    async pass(ms: number) {
      time.move(ms)
      await settled()
    },
    why: () => (lease.signal.reason as Error | undefined)?.message,
  }
}

const gone = new Error('Redis is away.')

describe('a lease', () => {
  it('is renewed at each third, and not before', async () => {
    const { pass, renewals } = holding()
    await pass(2_999)
    expect(renewals()).toBe(0)
    await pass(1)
    expect(renewals()).toBe(1)
    for (let turn = 0; turn < 5; turn++) await pass(3_000)
    expect(renewals()).toBe(6)
  })

  it('is renewed no more after its end', async () => {
    const { lease, pass, renewals } = holding()
    lease.end()
    await pass(100_000)
    expect(renewals()).toBe(0)
    expect(lease.signal.aborted).toBe(false)
  })

  it('survives renewals that fail, as long as it lasts', async () => {
    const { lease, answers, pass } = holding()
    answers.push(gone, gone)
    for (let turn = 0; turn < 3; turn++) await pass(3_000)
    expect(lease.signal.aborted).toBe(false)
    answers.push(gone, gone)
    for (let turn = 0; turn < 10; turn++) await pass(3_000)
    expect(lease.signal.aborted).toBe(false)
  })

  it('is lost where no renewal succeeds in time', async () => {
    const { lease, answers, pass, renewals, why } = holding()
    answers.push(gone, gone, gone)
    await pass(3_000)
    await pass(3_000)
    expect(lease.signal.aborted).toBe(false)
    await pass(3_000)
    expect(why()).toBe('The reservation of this key could not be renewed in time.')
    await pass(30_000)
    expect(renewals()).toBe(3)
  })

  it('is lost at once where somebody else has it', async () => {
    const { answers, pass, renewals, why } = holding()
    answers.push('lost')
    await pass(3_000)
    expect(why()).toBe('Another attempt has taken over this key, or an operator has let it go.')
    await pass(30_000)
    expect(renewals()).toBe(1)
  })

  it('is let go after holdMs, however well it is renewed', async () => {
    const { pass, renewals, why } = holding({ holdMs: 10_000 })
    for (let turn = 0; turn < 3; turn++) await pass(3_000)
    expect(why()).toBeUndefined()
    await pass(3_000)
    expect(why()).toBe('create() held its key for too long.')
    await pass(30_000)
    expect(renewals()).toBe(3)
  })
})
