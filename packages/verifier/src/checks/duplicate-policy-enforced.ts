import { tempered, uniquePolicyOf } from '../evidence/policy-of.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { accepted, refused } from '../experiments/attempt.ts'
import { duplicate } from '../experiments/duplicate.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** What happens to a duplicate is what the operation says. */
export const duplicatePolicyEnforced: Check = {
  id: 'duplicate-policy-enforced',
  group: 'duplicates',
  title: 'A duplicate gets what the policy says',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.5.10, §9.3.3; AIP-133; OData 4.01 §11.4.2; Zalando #231, #251',
  async run(ask, operation) {
    const policy = uniquePolicyOf(operation)
    if (policy.kind === 'unknown') return policy.verdict
    const tried = await ask(duplicate)
    if (tried.kind === 'impossible') return inconclusive(tried.reason)
    const { first, second, copies } = tried
    const evidence = [second, first, ...(copies.kind === 'counted' ? [copies.evidence] : [])]
    const key = listed(policy.naturalKey)
    const wrong = (seen: string, fix: string): Verdict =>
      tempered(
        fail({
          message: `Two creates had the same ${key}; by the policy the second is ${wanted[policy.value]}. ${seen}`,
          fix,
          evidence,
        }),
        policy.inferred,
        policy.why,
      )

    if (second.status >= 500) {
      return wrong(`It answered ${second.status}.`, 'Catch the violation of the unique index and answer by the policy.')
    }
    const isNew = accepted(second) && sameResource(first, second) === false
    if (policy.value === 'allow') {
      if (isNew || (copies.kind === 'counted' && copies.count > 1)) return pass(...evidence)
      return accepted(second) && sameResource(first, second) === undefined
        ? inconclusive('the answers do not name what they made', first, second)
        : wrong(
            `It answered ${second.status} and created nothing.`,
            'Drop the unique index, or declare the policy that it enforces.',
          )
    }
    if (copies.kind === 'counted' && copies.count > 1) {
      return wrong(
        `It answered ${second.status}, and now ${copies.count} resources have it.`,
        `Put a unique index on ${key}; a look-up before the insert is no protection.`,
      )
    }
    if (isNew)
      return wrong(
        `It answered ${second.status} as if another one had been created.`,
        `Put a unique index on ${key} and answer by the policy.`,
      )
    const asDeclared = policy.value === 'reject' ? refused(second) : [200, 204, 303].includes(second.status)
    return asDeclared
      ? pass(...evidence)
      : wrong(`It answered ${second.status}.`, 'Answer by the policy, or declare the one that is in force.')
  },
}

const wanted = {
  reject: 'rejected (409)',
  'return-existing': 'answered with the existing resource (200)',
  allow: 'another resource',
} as const
