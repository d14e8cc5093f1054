import type { Check } from '../checks/check.ts'
import { inconclusive, skip, type Verdict } from '../evidence/verdict.ts'
import { footingOf } from '../experiments/created.ts'
import type { Footing } from '../experiments/establish.ts'
import type { Lab } from '../experiments/lab.ts'
import { RunStopped } from '../http/recorder.ts'
import { confirm } from './confirm.ts'
import { judge } from './judge.ts'

/** What became of one operation. */
export interface OperationOutcome {
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** Why nothing could be judged, where that is so. */
  readonly unjudged?: string
}

/** What it takes to judge one operation. */
export interface OperationRun {
  readonly checks: readonly Check[]
  /** The lab of a round, the same each time, or the reason why there can be none. */
  readonly labOf: (round: number) => Lab | string
  readonly onVerdict: (check: string, verdict: Verdict['kind']) => void
  readonly isStopped: () => boolean
}

/** What two groups of checks found out about one operation. */
export function merged(one: OperationOutcome | undefined, other: OperationOutcome): OperationOutcome {
  if (one === undefined) return other
  const unjudged = one.unjudged ?? other.unjudged
  return {
    verdicts: new Map([...one.verdicts, ...other.verdicts]),
    ...(unjudged === undefined ? {} : { unjudged }),
  }
}

/** Lets every check judge one operation, in one lab; then the red ones again, in fresh labs. */
export async function verifyOperation({
  checks,
  labOf,
  onVerdict,
  isStopped,
}: OperationRun): Promise<OperationOutcome> {
  const verdicts = new Map<string, Verdict>()
  const settle = (check: Check, verdict: Verdict) => {
    verdicts.set(check.id, verdict)
    onVerdict(check.id, verdict.kind)
  }
  const unjudged = (reason: string, evidence: readonly number[] = []): OperationOutcome => {
    for (const check of checks) settle(check, inconclusive(reason, evidence))
    return { verdicts, unjudged: reason }
  }
  const lab = labOf(0)
  if (typeof lab === 'string') return unjudged(lab)
  const footing = await footingIn(lab)
  if (footing.kind === 'impossible' && footing.noCreation !== undefined) {
    for (const check of checks) settle(check, skip(footing.noCreation))
    return { verdicts }
  }
  if (footing.kind === 'impossible') return unjudged(footing.reason, footing.evidence)
  const red: (readonly [Check, Verdict])[] = []
  for (const check of checks) {
    const verdict = await judge(check, lab)
    if (verdict.kind === 'fail') red.push([check, verdict])
    else settle(check, verdict)
  }
  const labOfRound = (round: number): Lab => {
    const known = labOf(round)
    if (typeof known === 'string') throw new Error(known)
    return known
  }
  for (const [check, verdict] of red) settle(check, await confirm(check, verdict, labOfRound))
  return { verdicts, ...(isStopped() && { unjudged: 'the run was stopped while it was judged' }) }
}

async function footingIn(lab: Lab): Promise<Footing> {
  try {
    return await lab.ask(footingOf)
  } catch (error) {
    if (error instanceof RunStopped) return { kind: 'impossible', reason: error.message, evidence: [] }
    const id = (error as { exchange?: { id: number } }).exchange?.id
    return {
      kind: 'impossible',
      reason: `no valid request was possible: ${(error as Error).message}`,
      evidence: id === undefined ? [] : [id],
    }
  }
}
