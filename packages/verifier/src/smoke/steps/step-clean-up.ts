import type { Check } from '../../checks/check.ts'
import { type Evidence, fail, inconclusive, pass, skip, type Verdict } from '../../evidence/verdict.ts'

/** What was made is deleted again. It is judged by `judgeCleanUp`, when all else is done. */
export const stepCleanUp: Check = {
  id: 'clean-up',
  group: 'operations',
  title: 'What was created is deleted again',
  level: 'note',
  basis: 'derived',
  source: 'RFC 9110 §9.3.5; Zalando #148',
  methods: ['POST', 'PUT'],
  confirmations: 0,
  run: async () => skip('nothing was created'),
}

/** The verdict on a clean-up: what it left, and the requests that it took. */
export function judgeCleanUp(made: number, leftovers: readonly string[], evidence: readonly Evidence[]): Verdict {
  if (made === 0) return skip('nothing was created')
  if (leftovers.length === 0) return pass(...evidence)
  const left = `left behind: ${leftovers.join(', ')}`
  const isBroken = leftovers.some((one) => /DELETE answered (405|5\d\d)/.test(one))
  if (!isBroken)
    return evidence.length === 0 ? skip(`${left}; nothing says how it is deleted`) : inconclusive(left, ...evidence)
  return fail({
    message: `The document has a DELETE for what is created, and it does not delete it; ${left}.`,
    fix: 'Route DELETE to where the resource is, or take it out of the document.',
    evidence,
  })
}
