import type { Level } from '../evidence/level.ts'
import type { Report, Result } from './report.ts'

/** One thing to mend: the findings of one check, wherever it fails for the same reason. */
export interface Cause {
  readonly check: string
  readonly level: Level
  /** The findings, the gravest first; of each operation there is one. */
  readonly findings: readonly Result[]
}

const levels: readonly Level[] = ['error', 'warning', 'note']

/** The causes behind the findings of a report, the gravest first: one rule broken and one fix is one cause. */
export function causesOf(report: Report): Cause[] {
  const groups = new Map<string, Result[]>()
  for (const level of levels) {
    for (const result of report.results) {
      if (result.verdict !== 'fail' || result.level !== level) continue
      const key = JSON.stringify([result.check, result.fix])
      groups.set(key, [...(groups.get(key) ?? []), result])
    }
  }
  return [...groups.values()].flatMap((findings) => {
    const [first] = findings
    return first === undefined ? [] : [{ check: first.check, level: first.level, findings }]
  })
}
