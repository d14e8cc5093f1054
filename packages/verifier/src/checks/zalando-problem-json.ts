import { problemFaults } from '../evidence/problem-faults.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import { allAnswers } from '../experiments/all-answers.ts'
import type { Check } from './check.ts'

/** Every endpoint is able to answer with a problem document; what infrastructure answers may be another matter. */
export const zalandoProblemJson: Check = {
  id: 'zalando-problem-json',
  guidelines: ['zalando'],
  group: 'errors',
  title: 'Errors are problem documents (application/problem+json)',
  level: 'error',
  basis: 'guideline',
  source: 'Zalando #176 (MUST); RFC 9457 §3',
  async run(ask) {
    const errors = (await ask(allAnswers)).filter(({ answer }) => answer.response.status >= 400)
    if (errors.length === 0) return inconclusive('no error was seen')
    const broken = errors.flatMap(({ to, answer }) =>
      problemFaults(answer).map((fault) => ({ told: `${fault} (answer to ${to})`, answer })),
    )
    if (broken.length > 0) {
      return fail({
        message: `A problem document breaks RFC 9457: ${listed(broken.slice(0, 3).map(({ told }) => told))}.`,
        fix: 'Make problem documents in one place, with the status taken from the answer itself.',
        evidence: broken.map(({ answer }) => answer),
      })
    }
    const others = errors.filter(({ answer }) => mediaTypeOf(answer) !== 'application/problem+json')
    if (others.length === 0) return pass(...errors.map(({ answer }) => answer))
    const told = others.slice(0, 3).map(({ to, answer }) => {
      return `${answer.response.status} to ${to}: ${mediaTypeOf(answer) || 'no media type'}`
    })
    return fail({
      message: `${others.length} of ${errors.length} errors are no application/problem+json (${listed(told)}). Zalando #176: every endpoint must be capable of returning a Problem JSON on client and server errors.`,
      fix: 'Answer every error as application/problem+json, also those that the framework makes (404, 405, 400 of the parser).',
      evidence: others.map(({ answer }) => answer),
      // The endpoint is capable of it; the rule itself says that other components may answer otherwise.
      ...(others.length < errors.length ? { level: 'warning' as const } : {}),
    })
  },
}
