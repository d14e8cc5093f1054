import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, pass } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { missingKey } from '../experiments/missing-key.ts'
import type { Check } from './check.ts'

/** A required key is required. */
export const idemMissingKey: Check = {
  id: 'idem-missing-key',
  group: 'idempotency',
  title: 'A request without a key gets what the policy says',
  level: 'warning',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.7',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { attempt, copies } = await ask(missingKey)
    const evidence = [attempt, ...(copies.kind === 'counted' ? [copies.evidence] : [])]
    if (policy.value === 'optional') {
      if (accepted(attempt)) return pass(attempt)
      return tempered(
        fail({
          message: `Keys are optional, and a create without one answered ${attempt.status}.`,
          fix: 'Accept requests without a key, or declare the key as required.',
          evidence,
        }),
        policy.inferred,
      )
    }
    const seen = accepted(attempt)
      ? `was accepted with ${attempt.status}`
      : attempt.status >= 500
        ? `answered ${attempt.status}`
        : copies.kind === 'counted' && copies.count > 0
          ? `was refused with ${attempt.status} and created something all the same`
          : undefined
    if (seen === undefined) return pass(attempt)
    return tempered(
      fail({
        message: `A key is required, and a create without one ${seen}. The draft (§2.7) asks for 400.`,
        fix: 'Refuse requests without a key with 400 before anything is created.',
        evidence,
      }),
      policy.inferred,
    )
  },
}
