import { keyPolicyOf } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { errorThenCorrected } from '../experiments/error-then-corrected.ts'
import type { Check } from './check.ts'

/** A mistake in the first request does not use up the key. */
export const idemErrorNotPoisoning: Check = {
  id: 'idem-error-not-poisoning',
  group: 'idempotency',
  title: 'A rejected request does not use up its key',
  level: 'note',
  basis: 'convention',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.7; OASIS Repeatable Requests 1.0 §5; Stripe',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const tried = await ask(errorThenCorrected)
    if (tried.kind === 'impossible') return inconclusive(tried.reason)
    const { refusal, corrected } = tried
    const evidence = [corrected, refusal]
    if (accepted(corrected)) return pass(...evidence)
    const replayed =
      corrected.status === refusal.status && corrected.answer.response.body === refusal.answer.response.body
    // The key may be bound to its first payload; that is told by an error of its own.
    if (!replayed && corrected.status !== 409 && corrected.status < 500) return pass(...evidence)
    return fail({
      message: replayed
        ? `A request was refused with ${refusal.status}; the corrected one with the same key gets the same refusal again.`
        : `A request was refused with ${refusal.status}; the corrected one with the same key answers ${corrected.status}, as if the first were still running.`,
      fix: 'Store nothing under the key until the request has passed validation, and release it when execution fails.',
      evidence,
    })
  },
}
