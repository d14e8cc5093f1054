import { durationOf } from '../evidence/duration-of.ts'
import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { lateReplay } from '../experiments/late-replay.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** Clients retry for as long as they are told that they may. */
export const idemWindowHonoured: Check = {
  id: 'idem-window-honoured',
  group: 'operations',
  title: 'A key is remembered as long as is documented',
  level: 'error',
  basis: 'derived',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.3; OASIS Repeatable Requests 1.0 §5',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { retention } = operation.creation.policy
    if (retention === undefined) return skip('nothing says how long a key is remembered (x-creation retention)')
    const windowMs = durationOf(retention)
    if (windowMs === undefined)
      return skip(`the documented retention is no ISO 8601 duration of fixed length: ${retention}`)
    const tried = await ask(lateReplay(windowMs))
    if (tried.kind === 'too long')
      return inconclusive(`a key is remembered for ${retention} by the document: too long to wait for`)
    const { first, late, copies } = tried
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    if ([429, 502, 503, 504].includes(late.status)) return inconclusive(`the late retry answered ${late.status}`, late)
    const isForgotten = sameResource(first, late) === false || (copies.kind === 'counted' && copies.count > 1)
    if (isForgotten || !accepted(late)) {
      const what = isForgotten ? 'created another resource' : `answered ${late.status}`
      return tempered(
        fail({
          message: `A key is remembered for ${retention} by the document, and a retry before that was over ${what}.`,
          fix: 'Let records expire no earlier than documented, wherever the retry arrives; or document the time that holds.',
          evidence: [late, first, ...(copies.kind === 'counted' ? [copies.evidence] : [])],
        }),
        policy.inferred,
      )
    }
    return pass(late, first)
  },
}
