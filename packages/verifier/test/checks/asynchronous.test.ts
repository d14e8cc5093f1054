import { describe, expect, test } from 'vitest'
import type { Report, VerifyOptions } from '../../src/index.ts'
import { notGreen, runVerify } from '../run-verify.ts'
import { jobFlaws } from '../targets/jobs/job-flaws.ts'
import { jobStyles } from '../targets/jobs/job-styles.ts'
import { type JobChoices, startJobs } from '../targets/jobs/jobs.ts'
import { otherWords, plainWords, type Words } from '../targets/styles/words.ts'

/** Runs against a clock that waiting moves, and every request a little. */
async function judge(
  choices: Partial<JobChoices>,
  { words = plainWords, ...options }: Omit<VerifyOptions, 'target'> & { words?: Words } = {},
): Promise<{ report: Report; left: number; waited: number }> {
  let [now, waited] = [0, 0]
  const service = await startJobs({ now: () => now, ...choices }, words)
  const sleep = async (ms: number) => {
    now += ms
    waited += ms
  }
  const { report } = await runVerify(service.document, { sleep, ...options })
  now += 60_000
  const left = service.count()
  await service.close()
  return { report, left, waited }
}

const red = ({ results }: Report) =>
  results
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check, level, message }) => `${level} ${check}: ${message}`)
const verdictOf = ({ results }: Report, check: string) => {
  const own = results.find((one) => one.check === check)
  return own?.verdict === 'fail' ? own.level : own?.verdict
}

describe('a service that creates later', () => {
  test.each(jobStyles)('has no finding when it is right, and is left as it was: $name', async ({ name, choices }) => {
    const { report, left } = await judge(choices)
    expect(red(report)).toEqual([])
    expect(report.results.filter(({ verdict }) => verdict === 'error')).toEqual([])
    const own = ['async-202-not-201', 'async-monitor-completes'].map((check) => verdictOf(report, check))
    expect(own, notGreen(report).join('\n')).toEqual(['pass', name.startsWith('201 for') ? 'skip' : 'pass'])
    expect([report.leftovers, left]).toEqual([[], 0])
  })

  test.each(jobStyles)('has no finding in other words either: $name', async ({ choices }) => {
    const { report } = await judge(choices, { words: otherWords })
    expect(red(report)).toEqual([])
  })

  test('has what it made later judged like anything else', async () => {
    const { report } = await judge({})
    for (const check of ['input-roundtrip', 'unicode-roundtrip', 'number-precision-kept'])
      expect(verdictOf(report, check), check).toBe('pass')
  })

  test.each(jobFlaws)('fails $check by $name, and nothing else', async ({ check, level, companions, choices }) => {
    const { report } = await judge(choices)
    expect(verdictOf(report, check), red(report).join('\n')).toBe(level)
    const found = report.results.filter(({ verdict }) => verdict === 'fail').map((one) => one.check)
    expect(found.sort(), red(report).join('\n')).toEqual([check, ...companions].sort())
  })
})

describe('waiting for what is made later', () => {
  const only = { checks: ['async-monitor-completes'] }

  test('goes by Retry-After', async () => {
    const hasty = await judge({ accepted: ({ job }) => ({ status: 202, headers: { Location: job } }) }, only)
    const asked = await judge(
      { accepted: ({ job }) => ({ status: 202, headers: { Location: job, 'Retry-After': '4' } }) },
      only,
    )
    expect(hasty.waited).toBeLessThan(1000)
    expect(asked.waited).toBeGreaterThanOrEqual(4000)
    expect(verdictOf(asked.report, only.checks[0] ?? '')).toBe('pass')
  })

  test('has an end, and then nothing is concluded', async () => {
    const day = 86_400_000
    const { report, waited } = await judge(
      {
        takesMs: () => day,
        accepted: ({ job }) => ({ status: 202, headers: { Location: job, 'Retry-After': '86400' } }),
      },
      only,
    )
    expect(verdictOf(report, 'async-monitor-completes')).toBe('inconclusive')
    expect(waited).toBeLessThan(60_000)
    // Nobody comes back earlier than was asked for.
    expect(report.results[0]?.message).toContain('86400 seconds')
  })

  test('never calls another host', async () => {
    const foreign = await startJobs()
    let calls = 0
    const elsewhere: Partial<JobChoices> = {
      accepted: () => ({ status: 202, headers: { Location: `${foreign.origin}/jobs/1` } }),
    }
    const stranger = await startJobs({
      monitor: () => {
        calls += 1
        return { status: 200 }
      },
    })
    const { report } = await judge(elsewhere, only)
    const redirected = await judge(
      { monitor: () => ({ status: 303, headers: { Location: `${stranger.origin}/jobs/1` } }) },
      only,
    )
    expect(verdictOf(report, 'async-monitor-completes')).toBe('inconclusive')
    expect(verdictOf(redirected.report, 'async-monitor-completes')).toBe('inconclusive')
    const origins = [...report.exchanges, ...redirected.report.exchanges].map(
      ({ request }) => new URL(request.url).origin,
    )
    expect(origins).not.toContain(foreign.origin)
    expect(origins).not.toContain(stranger.origin)
    expect(calls).toBe(0)
    await foreign.close()
    await stranger.close()
  })
})
