import type { Level } from '../evidence/level.ts'
import type { Report } from './report.ts'

const severity: readonly Level[] = ['note', 'warning', 'error']

/**
 * The exit code that a report deserves: 1 for findings at or above `failOn` that no baseline knows; 3 when the target could not be judged
 * (an operation without a valid request, a check that broke, a required check without a verdict, or nothing judged
 * at all); else 0.
 *
 * @param required - ids of checks that must pass or fail wherever they apply.
 */
export function exitCodeOf(report: Report, failOn: Level = 'warning', required: readonly string[] = []): 0 | 1 | 3 {
  const { results, operations } = report
  const limit = severity.indexOf(failOn)
  if (
    results.some(
      ({ verdict, level, known }) => verdict === 'fail' && known !== true && severity.indexOf(level) >= limit,
    )
  )
    return 1
  const judged = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail')
  if (judged.length === 0 || operations.some((one) => !one.judged)) return 3
  if (results.some(({ verdict }) => verdict === 'error')) return 3
  const unmet = required.some((id) => {
    const own = results.filter(({ check }) => check === id)
    return own.length === 0 || own.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'skip')
  })
  return unmet ? 3 : 0
}
