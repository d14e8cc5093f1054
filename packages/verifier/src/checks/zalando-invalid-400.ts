import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { invalidBodies } from '../experiments/invalid-bodies.ts'
import type { Check } from './check.ts'

/** Where the standards leave the choice of 400 and 422 for content that breaks the rules, these guidelines choose 400. */
export const zalandoInvalid400: Check = {
  id: 'zalando-invalid-400',
  guidelines: ['zalando'],
  group: 'validation',
  title: 'Invalid content is answered with 400, not with 422',
  level: 'warning',
  basis: 'guideline',
  source: 'Zalando #150 (SHOULD)',
  async run(ask, { schemaIsGuess }) {
    const outcomes = await ask(invalidBodies)
    if (outcomes.length === 0) return skip('the schema has no rule that could be broken')
    // References to nothing (404), values that are taken (409) and content that is too long (413) have statuses of their own.
    const answered = outcomes.flatMap(({ violation, tried }) =>
      tried.kind === 'answered' && [400, 422].includes(tried.attempt.status)
        ? [{ name: violation.name, attempt: tried.attempt }]
        : [],
    )
    if (answered.length === 0) return inconclusive('no invalid content was refused with 400 or 422')
    const wrong = answered.filter(({ attempt }) => attempt.status === 422)
    if (wrong.length === 0) return pass(...answered.map(({ attempt }) => attempt))
    return fail({
      message: `Invalid content is answered with 422 (${listed(wrong.slice(0, 3).map(({ name }) => name))}). Zalando #150 asks for 400, also where content fails validation by business rules, and does not list 422 among the codes to use.`,
      fix: 'Answer invalid content with 400 and say in the problem document what is wrong.',
      evidence: wrong.map(({ attempt }) => attempt),
      ...(schemaIsGuess ? { level: 'note' as const } : {}),
    })
  },
}
