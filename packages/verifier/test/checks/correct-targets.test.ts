import { describe, expect, test } from 'vitest'
import { checks, exitCodeOf, type Report, toTerminal } from '../../src/index.ts'
import { notGreen, runVerify } from '../run-verify.ts'
import { masquerade } from '../targets/bookshop.ts'
import { startApi } from '../targets/create-api.ts'
import { startFlaskTutorial } from '../targets/flask-tutorial.ts'
import type { Hooks } from '../targets/hooks.ts'
import { startOtherStyle } from '../targets/other-style.ts'

describe('a correct API', () => {
  test('has no finding, and is left as it was', async () => {
    const target = await startApi()
    const { report } = await runVerify(target.document)
    expect(notGreen(report)).toEqual([])
    expect(report.leftovers).toEqual([])
    expect(target.count()).toBe(0)
    expect(exitCodeOf(report, 'note')).toBe(0)
    await target.close()
  })

  test('has no finding in other words either', async () => {
    const target = await startApi({}, masquerade)
    const { report } = await runVerify(target.document)
    expect(notGreen(report)).toEqual([])
    expect(target.count()).toBe(0)
    await target.close()
  })

  test('has no finding in another style, with other seeds', async () => {
    const target = await startOtherStyle()
    for (const seed of [1, 2, 3]) {
      const { report } = await runVerify(target.document, { seed })
      expect(notGreen(report)).toEqual([])
      expect(report.leftovers).toEqual([])
    }
    await target.close()
  })

  test('has no finding when it chose other answers where guidelines disagree', async () => {
    const other: Readonly<Record<string, number>> = {
      'invalid-input': 422,
      'duplicate-resource': 422,
      'idempotency-key-reused': 400,
      'idempotency-key-missing': 428,
      'idempotency-key-in-flight': 425,
    }
    const target = await startApi({
      status: (code, usual) => other[code] ?? usual,
      location: (path) => [`${new URL(target.url).origin}${path}`],
      // Vendors take keys as they come, in one spelling.
      parseKey: (lines) => {
        if (lines.length === 0) return { kind: 'none' }
        const [line = ''] = lines
        return lines.length === 1 && /^[\w-]{1,64}$/.test(line) ? { kind: 'key', key: line } : { kind: 'invalid' }
      },
    })
    const { report } = await runVerify(target.document)
    expect(notGreen(report)).toEqual([])
    await target.close()
  })

  test('has no finding when it limits the rate', async () => {
    let requests = 0
    const target = await startApi({ limited: () => ++requests > 90 })
    const { report } = await runVerify(target.document)
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([])
    expect(report.results.some(({ message }) => message.includes('--rate'))).toBe(true)
    await target.close()
  })

  test('is judged within two hundred and fifty requests an operation', async () => {
    const target = await startApi()
    const { report } = await runVerify(target.document)
    expect(report.requests).toBeLessThan(750)
    await target.close()
  })
})

describe('how many requests are under way at once', () => {
  const results = (report: Report) =>
    report.results.map(({ check, operation, verdict, level }) => [check, operation, verdict, level])
  const someFlaws: readonly Partial<Hooks>[] = [
    {},
    { validates: () => false },
    { storesBeforeValidation: () => true },
    { accepts: () => true },
    { location: () => [], createdStatus: () => 200 },
    { stored: (input) => ({ ...input, title: 'always the same' }) },
    { nextId: (_, count) => count + 1, gapBeforeId: () => true },
  ]

  test.concurrent.each(someFlaws.map((hooks) => [Object.keys(hooks).join(' and ') || 'nothing', hooks] as const))(
    'changes no verdict where %s is flawed',
    async (_, hooks) => {
      const [one, four] = await Promise.all(
        [1, 4].map(async (concurrency) => {
          const target = await startApi(hooks)
          const { report } = await runVerify(target.document, { concurrency })
          await target.close()
          return report
        }),
      )
      // Where the flaw itself is a race, chance has a part in what races show, at any number of requests.
      const byChance = checks.filter(({ confirmations = 1 }) => hooks.gapBeforeId !== undefined && confirmations > 1)
      const settled = (report: Report) => results(report).filter(([check]) => !byChance.some(({ id }) => id === check))
      expect(settled(four!)).toEqual(settled(one!))
    },
  )
})

describe('what a first tutorial leads to', () => {
  test('has findings by default', async () => {
    const target = await startFlaskTutorial()
    const { report } = await runVerify(target.document)
    const found = report.results
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ check, level }) => `${level} ${check}`)
    expect(found.sort()).toEqual([
      'error invalid-is-4xx',
      'note doc-201-and-location',
      'note doc-errors-declared',
      'note unknown-fields-policy',
      'warning created-status-201',
      'warning location-present',
      'warning malformed-is-400',
      'warning problem-details-valid',
    ])
    expect(exitCodeOf(report)).toBe(1)
    expect(report.leftovers.length).toBeGreaterThan(0)
    expect(toTerminal(report)).toContain('left behind in the target')
    await target.close()
  })
})
