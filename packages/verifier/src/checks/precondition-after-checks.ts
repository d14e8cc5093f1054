import { fail, pass, skip } from '../evidence/verdict.ts'
import { conditionsAndChecks } from '../experiments/conditions-and-checks.ts'
import type { Check } from './check.ts'

/** A condition is the last question: who may not ask is not told what is there. */
export const preconditionAfterChecks: Check = {
  id: 'precondition-after-checks',
  group: 'conditional requests',
  title: 'A condition is evaluated after what refuses the request anyhow',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §13.2.1',
  methods: ['PUT'],
  async run(ask) {
    const outcomes = await ask(conditionsAndChecks)
    if (outcomes.length === 0) return skip('nothing is refused before its content is looked at')
    // The gravest first.
    const wrong = outcomes.filter(({ conditional }) => conditional.status === 412)
    const worst = wrong.find(({ plain }) => isAboutTheCaller(plain.status)) ?? wrong[0]
    if (worst === undefined) return pass(...outcomes.flatMap(({ plain, conditional }) => [conditional, plain]))
    const { name, plain, conditional } = worst
    return fail({
      message: `A PUT with ${name} is answered ${plain.status}, and with If-None-Match: * besides 412. RFC 9110 §13.2.1: a server MUST ignore preconditions where the answer without them would be neither 2xx nor 412.`,
      fix: 'Check credentials, method and media type first, and the condition right before the work itself.',
      evidence: [conditional, plain],
      // Strangers learn what exists; otherwise the client is only told the wrong reason.
      ...(isAboutTheCaller(plain.status) ? {} : { level: 'warning' as const }),
    })
  },
}

function isAboutTheCaller(status: number): boolean {
  return [401, 403, 404].includes(status)
}
