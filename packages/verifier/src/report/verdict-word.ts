import type { Result } from './report.ts'

/** What a result is, in one word: the level of a finding, or what else the verdict is. */
export type VerdictWord = 'error' | 'warning' | 'note' | 'pass' | 'inconclusive' | 'skip' | 'broken'

/** The word for a result. `broken` is a check that failed by itself, which says nothing about the target. */
export function verdictWord({ verdict, level }: Result): VerdictWord {
  if (verdict === 'fail') return level
  return verdict === 'error' ? 'broken' : verdict
}
