import type { Check } from '../checks/check.ts'
import { inconclusive, type Verdict } from '../evidence/verdict.ts'
import type { Lab } from '../experiments/lab.ts'
import { judge } from '../run/judge.ts'
import type { OperationOutcome } from '../run/verify-operation.ts'

/** Lets every check judge one operation by what reading shows; what is red has to be so a second time. */
export async function judgeReading(checks: readonly Check[], labOf: () => Lab | string): Promise<OperationOutcome> {
  const [lab, second] = [labOf(), labOf()]
  if (typeof lab === 'string' || typeof second === 'string') {
    const reason = String(typeof lab === 'string' ? lab : second)
    return { verdicts: new Map(checks.map(({ id }) => [id, inconclusive(reason)])), unjudged: reason }
  }
  const verdicts = new Map<string, Verdict>()
  for (const check of checks) {
    const verdict = await judge(check, lab)
    const holds = verdict.kind !== 'fail' || (await judge(check, second)).kind === 'fail'
    verdicts.set(
      check.id,
      holds ? verdict : inconclusive('it failed once and not again', verdict.kind === 'fail' ? verdict.evidence : []),
    )
  }
  const isJudged = [...verdicts.values()].some(({ kind }) => kind === 'pass' || kind === 'fail')
  return { verdicts, ...(!isJudged && { unjudged: 'reading shows nothing of it: there is no read, or no answer' }) }
}
