import { describe, expect, test } from 'vitest'
import { checks } from '../../src/index.ts'
import { runVerify } from '../run-verify.ts'
import { masquerade, plain } from '../targets/bookshop.ts'
import { startApi } from '../targets/create-api.ts'
import { flaws } from '../targets/flaws.ts'

/** Check → levels of its findings, over all operations. */
async function findings(
  hooks: Parameters<typeof startApi>[0],
  disguise: typeof plain,
): Promise<Record<string, string>> {
  const target = await startApi(hooks, disguise)
  try {
    const { report } = await runVerify(target.document)
    const failed = report.results.filter(({ verdict }) => verdict === 'fail')
    const unjudged = report.operations.some(({ judged }) => !judged) ? { unjudged: 'error' } : {}
    const broken = report.results
      .filter(({ verdict }) => verdict === 'error')
      .map(({ check, message }) => [check, message])
    return {
      ...unjudged,
      ...Object.fromEntries(failed.map(({ check, level }) => [check, level])),
      ...Object.fromEntries(broken),
    }
  } finally {
    await target.close()
  }
}

describe('a flaw', () => {
  test.concurrent.each(flaws)(
    'that $name is found by $check, under any name',
    async ({ hooks, check, level, companions }) => {
      const open = await findings(hooks(), plain)
      // What fails in other words is what failed before; that nothing else does is shown on the correct copy.
      const only = [check, ...(companions ?? []).filter((name) => name !== 'unjudged')]
      const disguised = await findings(hooks(), masquerade, { checks: only })
      expect(open[check]).toBe(level)
      expect(Object.keys(open).sort()).toEqual([check, ...(companions ?? [])].sort())
      expect(disguised).toEqual(open)
    },
  )

  test('is there for every check', () => {
    const covered = new Set(flaws.map(({ check }) => check))
    expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
  })
})
