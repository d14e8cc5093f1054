import { foreignData } from '../evidence/foreign-data.ts'
import { tempered, uniquePolicyOf } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { foreignDuplicate } from '../experiments/foreign-duplicate.ts'
import type { Check } from './check.ts'

/** A unique index knows about everybody; its answer must not tell everybody. */
export const conflictNoLeak: Check = {
  id: 'conflict-no-leak',
  group: 'security',
  title: 'A conflict with a resource of somebody else shows nothing of it',
  level: 'error',
  basis: 'guideline',
  source: 'AIP-133; RFC 9110 §15.5.4',
  async run(ask, operation) {
    const policy = uniquePolicyOf(operation)
    if (policy.kind === 'unknown') return policy.verdict
    if (policy.value === 'allow') return skip('duplicates are allowed: there is no conflict')
    const tried = await ask(foreignDuplicate)
    if (tried.kind === 'impossible') {
      return tried.attempt === undefined
        ? skip('there is no second principal (--other-header)')
        : inconclusive(tried.reason, tried.attempt)
    }
    const { first, second, seen } = tried
    if (seen.kind === 'shown') return skip('the second principal may see what the first one created')
    const shown = foreignData(second, first)
    if (shown === undefined) return pass(second, first)
    const evidence = [second, first, ...seen.answers]
    if (seen.kind === 'unclear')
      return inconclusive('whether the second principal may see what the first one created is not known', ...evidence)
    return tempered(
      fail({
        message: `The second principal created what the first one has, may not read it, and the answer (${second.status}) shows ${shown} of it.`,
        fix: 'Say that the value is taken and nothing else, or make values unique for each principal; link the existing resource only to who may read it.',
        evidence,
      }),
      policy.inferred,
      policy.why,
    )
  },
}
