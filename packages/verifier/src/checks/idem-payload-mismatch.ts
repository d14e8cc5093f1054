import { isDeepStrictEqual } from 'node:util'
import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { keyReuse } from '../experiments/key-reuse.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** A key that comes with another payload is a client's mistake, and is told to it. */
export const idemPayloadMismatch: Check = {
  id: 'idem-payload-mismatch',
  group: 'idempotency',
  title: 'A key that is reused with another payload is refused',
  level: 'warning',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.2, §2.7; OASIS Repeatable Requests 1.0 §5; Zalando #230',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, other, again, copies } = await ask(keyReuse)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    // A schema that leaves no choice takes one payload only (for a PUT the name would differ, and is part of the request).
    if (first.name === other.name && isDeepStrictEqual(first.body, other.body))
      return inconclusive('every body that the schema takes is the same one, so no other payload could be sent', first)
    const wrong = (message: string, atFault: Attempt = other): Verdict =>
      tempered(
        fail({
          message,
          fix: 'Keep a digest of the payload with the key; answer 422 when it differs, and leave the record as it is.',
          evidence: [atFault, first, other, again],
        }),
        policy.inferred,
      )
    if (other.status >= 500)
      return wrong(`The same key with another payload answered ${other.status}; the draft (§2.7) asks for 422.`)
    if (accepted(other)) {
      return wrong(
        sameResource(other, first) !== false
          ? `The same key with another payload was answered with the first result (${other.status}): the client believes that its second payload was created.`
          : `The same key with another payload created another resource (${other.status}).`,
      )
    }
    if (copies.kind === 'counted' && copies.count > 0)
      return wrong(
        `The other payload was refused with ${other.status}, and a resource was created from it all the same.`,
      )
    if (!accepted(again) || sameResource(again, first) === false) {
      return wrong(
        `After the other payload was refused, the first one is no longer replayed (${again.status}): the refusal overwrote the record.`,
        again,
      )
    }
    return pass(first, other, again)
  },
}
