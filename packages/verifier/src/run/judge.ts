import type { Check } from '../checks/check.ts'
import { inconclusive, skip, type Verdict } from '../evidence/verdict.ts'
import { NoBody } from '../experiments/bodies.ts'
import type { Lab } from '../experiments/lab.ts'
import { NoAnswer } from '../experiments/no-answer.ts'
import { RequestsSpent, RunStopped } from '../http/recorder.ts'
import { OnlyReads } from '../reading/only-reads.ts'
import { NotRecorded } from '../recording/not-recorded.ts'

/** Lets one check judge in one lab. Whatever keeps it from judging is a verdict too. */
export async function judge(check: Check, lab: Lab): Promise<Verdict> {
  const { method } = lab.operation.creation
  const { methods = ['POST'] } = check
  if (!methods.includes(method)) return skip(`it is about creation by ${methods.join(' and ')}, and this is ${method}`)
  const isBatch = lab.operation.creation.batch !== undefined
  if (isBatch && check.ofBatches !== true) return skip('the operation creates several at once, which bulk checks judge')
  if (!isBatch && check.ofBatches === true) return skip('the operation creates one at a time')
  try {
    const verdict = await check.run(lab.ask, lab.operation)
    if (verdict.kind !== 'fail' || check.isAboutAvailability === true) return verdict
    if (lab.limited) return inconclusive('the target limits the rate (429); give it time with --rate', verdict.evidence)
    const putOff = putOffBy(verdict.evidence, lab)
    if (putOff === undefined || check.group === 'errors') return verdict
    return inconclusive(`the target was not available (${putOff})`, verdict.evidence)
  } catch (error) {
    if (error instanceof NoAnswer) return inconclusive(error.message, error.exchange)
    if (
      error instanceof RequestsSpent ||
      error instanceof RunStopped ||
      error instanceof NoBody ||
      error instanceof NotRecorded ||
      error instanceof OnlyReads
    ) {
      return inconclusive(error.message)
    }
    return { kind: 'error', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
}

/**
 * The status with which the request at fault was put off. 503 and the two of gateways say that the target could not
 * answer now (a locked database, a restart) and nothing about the request; how the error looks is another question.
 */
function putOffBy(evidence: readonly number[], { serverErrors }: Lab): number | undefined {
  const statuses = evidence.map((id) => serverErrors.get(id))
  const isPutOff = (status: number | undefined) => status === undefined || [502, 503, 504].includes(status)
  return statuses.every(isPutOff) ? statuses[0] : undefined
}
