import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { accepted, refused } from '../experiments/attempt.ts'
import { keyReuse } from '../experiments/key-reuse.ts'
import type { Check } from './check.ts'

/** Where the draft has 422 for a key with another payload, these guidelines have 400. */
export const zalandoKeyReuse400: Check = {
  id: 'zalando-key-reuse-400',
  guidelines: ['zalando'],
  group: 'idempotency',
  title: 'A key that is reused with another payload is answered with 400',
  level: 'warning',
  basis: 'guideline',
  source: 'Zalando #230',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, other } = await ask(keyReuse)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    // That it is refused at all is the matter of idem-payload-mismatch.
    if (!refused(other) || other.status === 429)
      return inconclusive(`the reused key is answered with ${other.status}, which does not refuse it`, other, first)
    if (other.status === 400) return pass(other, first)
    return tempered(
      fail({
        message: `A key that comes with another payload is refused with ${other.status}. Zalando #230 has 400 for a request that does not match the one that is known under the key.`,
        fix: 'Answer 400 when the digest of the payload differs from the one that is kept with the key.',
        evidence: [other, first],
      }),
      policy.inferred,
    )
  },
}
