import type { Check } from '../checks/check.ts'
import { inconclusive, type Verdict } from '../evidence/verdict.ts'
import { footingOf } from '../experiments/created.ts'
import type { Lab } from '../experiments/lab.ts'
import { judge } from './judge.ts'

/** Gives the lab of a round; every round has fresh data and an empty memory, and is shared by the checks. */
export type LabOfRound = (round: number) => Lab

/**
 * Runs a red check again with fresh data. Only what holds is reported: a finding that cannot be repeated costs more
 * trust than it is worth. Where chance has a part, one red of several is enough.
 */
export async function confirm(check: Check, verdict: Verdict, labOf: LabOfRound): Promise<Verdict> {
  if (verdict.kind !== 'fail') return verdict
  const rounds = verdict.confirmations ?? check.confirmations ?? 1
  if (rounds === 0) return verdict
  for (let round = 1; round <= rounds; round++) {
    const lab = labOf(round)
    const obstacle = await obstacleTo(lab)
    if (obstacle !== undefined) {
      return inconclusive(
        `it failed once and could not be tried again: ${verdict.message} (${obstacle})`,
        verdict.evidence,
      )
    }
    if ((await judge(check, lab)).kind === 'fail') return verdict
  }
  return inconclusive(`it failed once and not again with fresh data: ${verdict.message}`, verdict.evidence)
}

/** What keeps a lab from being of use. */
async function obstacleTo(lab: Lab): Promise<string | undefined> {
  try {
    const footing = await lab.ask(footingOf)
    return footing.kind === 'created' ? undefined : footing.reason
  } catch (error) {
    return (error as Error).message
  }
}
