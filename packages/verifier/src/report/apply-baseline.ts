import type { Level } from '../evidence/level.ts'
import { findingId } from './finding-id.ts'
import type { BaselineFinding } from './parse-baseline.ts'
import type { Report, Result } from './report.ts'

const severity: readonly Level[] = ['note', 'warning', 'error']

/**
 * The report with its findings compared to those of a baseline: the known ones are marked, and those are told that have
 * vanished. A finding that has become graver than the baseline has it is new. A known finding vanishes only where its check passes now: what was not judged again may still be there.
 */
export function applyBaseline(report: Report, baseline: readonly BaselineFinding[]): Report {
  const known = new Map(baseline.map(({ id, level }) => [id, severity.indexOf(level)]))
  const isKnown = ({ id = '', level }: Result) => severity.indexOf(level) <= (known.get(id) ?? -1)
  const idOf = new Map(report.operations.map(({ id, method, path }) => [id, { method, path }]))
  const passed = new Map<string, string>()
  for (const { verdict, check, operation } of report.results) {
    const place = idOf.get(operation)
    if (verdict === 'pass' && place !== undefined) passed.set(findingId(check, place), operation)
  }
  // What reading shows of a check is less than what was found by creating.
  const hasPassed = (id: string) => report.readOnly !== true && passed.has(id)
  const found = new Set(report.results.flatMap(({ id }) => (id === undefined ? [] : [id])))
  return {
    ...report,
    results: report.results.map((result) => (isKnown(result) ? { ...result, known: true } : result)),
    baseline: {
      vanished: baseline.filter(({ id }) => hasPassed(id)),
      open: baseline.filter(({ id }) => !hasPassed(id) && !found.has(id)),
    },
  }
}
