import { keyPolicyOf } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { replayReserialised } from '../experiments/replay-reserialised.ts'
import { sameResource } from '../experiments/same-resource.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import type { Check } from './check.ts'

/** The same JSON value in other bytes is the same request. */
export const idemFingerprintCanonical: Check = {
  id: 'idem-fingerprint-canonical',
  group: 'idempotency',
  title: 'A retry whose JSON is written differently is still a retry',
  level: 'note',
  basis: 'convention',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.4; RFC 8785 §3.2',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    if (isFormMediaType(operation.creation.body?.mediaType)) return skip('its content is a form')
    const { first, second } = await ask(replayReserialised)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    const same = sameResource(first, second)
    if (accepted(second) && same === undefined)
      return inconclusive('the answers do not name what they made', first, second)
    if (accepted(second) && same) return pass(first, second)
    return fail({
      message: accepted(second)
        ? 'A retry with the same key and the same JSON value, with its members in another order, created another resource.'
        : `A retry with the same key and the same JSON value, with its members in another order, answered ${second.status}.`,
      fix: 'Take the fingerprint of the parsed value in canonical form (RFC 8785), not of the bytes.',
      evidence: [second, first],
    })
  },
}
