import { tempered, uniquePolicyOf } from '../evidence/policy-of.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { refused } from '../experiments/attempt.ts'
import { duplicate } from '../experiments/duplicate.ts'
import type { Check } from './check.ts'

/** Where the standards leave the status of a refused duplicate open, these guidelines choose 409. */
export const zalandoDuplicate409: Check = {
  id: 'zalando-duplicate-409',
  guidelines: ['zalando'],
  group: 'duplicates',
  title: 'A duplicate that is refused is answered with 409',
  level: 'warning',
  basis: 'guideline',
  source: 'Zalando #150, #231 (SHOULD)',
  async run(ask, operation) {
    const policy = uniquePolicyOf(operation)
    if (policy.kind === 'unknown') return policy.verdict
    if (policy.value !== 'reject') return skip(`the policy for duplicates is ${policy.value}`)
    const tried = await ask(duplicate)
    if (tried.kind === 'impossible') return inconclusive(tried.reason)
    const { first, second } = tried
    if (!refused(second) || second.status === 429)
      return inconclusive(`the duplicate is answered with ${second.status}, which does not refuse it`, second, first)
    if (second.status === 409) return pass(second, first)
    return tempered(
      fail({
        message: `A second create with the same ${listed(policy.naturalKey)} is refused with ${second.status}. Zalando #150 has 409 for clients that create the same resource.`,
        fix: 'Answer 409, and name in the problem document what is taken.',
        evidence: [second, first],
      }),
      policy.inferred,
      policy.why,
    )
  },
}
