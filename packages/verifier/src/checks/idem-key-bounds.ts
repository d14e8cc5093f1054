import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { type Evidence, fail, pass, type Verdict } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { longKeys } from '../experiments/long-keys.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** Keys have a length that is checked, and all of them counts. */
export const idemKeyBounds: Check = {
  id: 'idem-key-bounds',
  group: 'security',
  title: 'Keys have a bound that is checked before they are looked up',
  level: 'warning',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §5; OASIS Repeatable Requests 1.0 §3.1.1; RFC 6585 §5',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { keys, twins } = await ask(longKeys)
    const wrong = (message: string, fix: string, evidence: readonly Evidence[]): Verdict =>
      tempered(fail({ message, fix, evidence }), policy.inferred)
    const crashed = keys.find(({ attempt }) => attempt.status >= 500)
    if (crashed !== undefined) {
      return wrong(
        `A key of ${crashed.length} characters answered ${crashed.attempt.status}.`,
        'Check the length of the key before it is looked up, and answer 400.',
        [crashed.attempt],
      )
    }
    const uuid = keys.find(({ length }) => length === 36)
    if (uuid !== undefined && !accepted(uuid.attempt)) {
      return wrong(
        `A key with the 36 characters of a UUID answered ${uuid.attempt.status}.`,
        'Accept keys of at least 36 characters.',
        [uuid.attempt],
      )
    }
    // Refused as a reuse, or answered with the first result: either way the end of the key did not count.
    const blurred =
      twins !== undefined &&
      accepted(twins.first) &&
      (!accepted(twins.second) || sameResource(twins.first, twins.second) === true)
    if (blurred) {
      return wrong(
        `Two keys of ${twins.length} characters that differ at their end were taken for one: the second request answered ${twins.second.status}.`,
        'Refuse keys that are longer than what is stored, instead of cutting them.',
        [twins.second, twins.first],
      )
    }
    return pass(...keys.map(({ attempt }) => attempt))
  },
}
