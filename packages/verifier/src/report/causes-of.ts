import type { Level } from '../evidence/level.ts'
import type { Report, Result } from './report.ts'

/** One thing to mend: all that was found for one cause, by however many checks, on however many operations. */
export interface Cause {
  /** What it is called: the cause, where several checks saw it, else the check. */
  readonly title: string
  /** The page with the fix, where there is one. */
  readonly page?: string
  /** That of its gravest finding. */
  readonly level: Level
  /** The checks that saw it, the leading one first, each with what it found: of each operation there is one. */
  readonly checks: readonly { readonly check: string; readonly findings: readonly Result[] }[]
}

const levels: readonly Level[] = ['error', 'warning', 'note']

/** The causes behind the findings among some results, the gravest first. */
export function causesOf({ results }: Pick<Report, 'results'>): Cause[] {
  const fails = results.filter(({ verdict }) => verdict === 'fail')
  const groups = new Map<string, Result[]>()
  for (const level of levels) {
    for (const result of fails.filter((one) => one.level === level)) {
      const { check, fix, cause } = leading(result, fails)
      const key = cause === undefined ? JSON.stringify([check, fix]) : cause.id
      groups.set(key, [...(groups.get(key) ?? []), result])
    }
  }
  return [...groups.values()].map(toCause)
}

/** What may have made a finding, and what made that one, as far as it goes. */
function leading(result: Result, fails: readonly Result[], seen: readonly Result[] = []): Result {
  const other = fails.find(({ check, operation }) => check === result.explainedBy && operation === result.operation)
  return other === undefined || seen.includes(other) ? result : leading(other, fails, [...seen, result])
}

function toCause(group: readonly Result[]): Cause {
  const byCheck = new Map<string, Result[]>()
  const inOrder = [...group.filter(isLeading), ...group.filter((one) => !isLeading(one))]
  for (const result of inOrder) byCheck.set(result.check, [...(byCheck.get(result.check) ?? []), result])
  const [first] = inOrder as [Result, ...Result[]]
  return {
    title: byCheck.size > 1 ? (first.cause?.title ?? first.check) : first.check,
    ...(first.cause === undefined ? {} : { page: first.cause.page }),
    level: levels.find((level) => group.some((one) => one.level === level)) ?? first.level,
    checks: [...byCheck].map(([check, findings]) => ({ check, findings })),
  }
}

function isLeading({ explainedBy }: Result): boolean {
  return explainedBy === undefined
}
