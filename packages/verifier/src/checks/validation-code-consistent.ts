import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { invalidBodies } from '../experiments/invalid-bodies.ts'
import type { Check } from './check.ts'

/** One kind of mistake has one status. */
export const validationCodeConsistent: Check = {
  id: 'validation-code-consistent',
  group: 'validation',
  title: 'Invalid members are all refused with the same status',
  level: 'warning',
  basis: 'derived',
  source: 'RFC 9110 §15.5.21, §15.5.1; FHIR; Zalando #150',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const outcomes = await ask(invalidBodies)
    // A body that is no object at all is often refused by the parser already, and rightly with another status; so are
    // references to nothing (404) and values that are taken (409).
    const answered = outcomes.flatMap(({ violation, tried }) =>
      violation.pointer !== '' && tried.kind === 'answered' && [400, 422].includes(tried.attempt.status)
        ? [{ violation, attempt: tried.attempt }]
        : [],
    )
    if (outcomes.length === 0) return skip('the schema has no rule that could be broken')
    const [first] = answered
    if (first === undefined) return inconclusive('no invalid member was refused with 400 or 422')
    const other = answered.find(({ attempt }) => attempt.status !== first.attempt.status)
    if (other === undefined) return pass(...answered.map(({ attempt }) => attempt))
    const both = [first, other].map(({ violation, attempt }) => `${attempt.status} when ${violation.name}`)
    return fail({
      message: `Invalid members are refused with different statuses: ${listed(both)}.`,
      fix: 'Choose 400 or 422 for well-formed content that breaks the schema, and use it everywhere.',
      evidence: [first.attempt, other.attempt],
    })
  },
}
