import type { Check } from '../checks/check.ts'
import { inconclusive, type Verdict } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import type { Operation } from '../experiments/operation.ts'
import { judge } from '../run/judge.ts'
import type { OperationOutcome } from '../run/verify-operation.ts'
import { type RecordedCreate, recordedCreates } from './recorded-creates.ts'
import { createRecordedLab, type RecordedLab } from './recorded-lab.ts'
import type { Recording } from './recording.ts'

// A first one, and some that confirm; a recording of a whole day should not be judged a thousand times.
const mostCreates = 5

/**
 * Lets every check judge what a recording shows of one operation. A red verdict stands when the answer shows it by
 * itself, or when a second recorded creation shows the same: what lies between two recorded requests, and who else
 * called the target, is not in the recording.
 */
export async function judgeRecording(
  recording: Recording,
  operation: Operation,
  checks: readonly Check[],
): Promise<OperationOutcome> {
  const all = recordedCreates(recording, operation)
  const successes = all.filter(({ attempt }) => accepted(attempt))
  if (successes.length === 0) {
    const reason = all.length === 0 ? 'the recording does not hold it' : 'every recorded request for it was refused'
    return { verdicts: new Map(checks.map((check) => [check.id, inconclusive(reason)])), unjudged: reason }
  }
  const fresh = successes.filter(({ isNew }) => isNew)
  const judged = (fresh.length > 0 ? fresh : successes).slice(0, mostCreates)
  const labs = judged.map((create) => createRecordedLab(recording, operation, create, all))
  const verdicts = new Map<string, Verdict>()
  for (const check of checks) verdicts.set(check.id, await settled(check, judged, labs))
  return { verdicts }
}

async function settled(
  check: Check,
  creates: readonly RecordedCreate[],
  labs: readonly RecordedLab[],
): Promise<Verdict> {
  let held: Verdict | undefined
  let open: Verdict | undefined
  let passed: Verdict | undefined
  for (const { lab, begin, isSelfEvident } of labs) {
    begin()
    const verdict = await judge(check, lab)
    if (verdict.kind === 'fail') {
      if (!creates.some(({ isNew }) => isNew))
        return inconclusive(
          `${verdict.message} The recording does not tell whether anything new was made.`,
          verdict.evidence,
        )
      if (isSelfEvident() || held !== undefined) return verdict
      held = verdict
    } else if (verdict.kind === 'pass') passed ??= verdict
    else open ??= verdict
  }
  if (held?.kind === 'fail') {
    return inconclusive(`the recording shows it once, and no second time: ${held.message}`, held.evidence)
  }
  return passed ?? (open as Verdict)
}
