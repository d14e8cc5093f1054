import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { raceSameKey } from '../experiments/race-same-key.ts'
import { distinctResources } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** While a key is being executed, nobody else executes it. */
export const idemConcurrent409: Check = {
  id: 'idem-concurrent-409',
  group: 'concurrency',
  title: 'Simultaneous requests with one key are executed once',
  level: 'warning',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.6, §2.7',
  confirmations: 3,
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { lanes, attempts, copies, after } = await ask(raceSameKey)
    const winners = attempts.filter(accepted)
    const counted = copies.kind === 'counted' ? copies : undefined
    const evidence = [...attempts, after, ...(counted === undefined ? [] : [counted.evidence])]
    const wrong = (message: string, fix: string, atFault: readonly Attempt[] = winners): Verdict =>
      tempered(fail({ message, fix, evidence: [...atFault, ...evidence] }), policy.inferred)
    const many = Math.max(distinctResources([...winners, after].filter(accepted)), counted?.count ?? 0)
    if (many > 1) {
      return wrong(
        `${lanes.length} simultaneous requests with one key created ${many} resources.`,
        'Claim the key by inserting it under a unique index in the same transaction, before anything is created; looking it up first is a race.',
      )
    }
    const broken = attempts.filter(({ status }) => status >= 500 && status !== 503)
    if (broken.length > 0)
      return wrong(
        `${broken.length} of ${lanes.length} simultaneous requests with one key answered ${broken[0]?.status}.`,
        'Answer 409 with Retry-After while the key is in flight, or wait for the first result.',
        broken,
      )
    const odd = attempts.filter((one) => !accepted(one) && ![409, 425, 503].includes(one.status))
    if (odd.length > 0)
      return wrong(
        `A simultaneous request with the same key and the same payload answered ${odd[0]?.status}; the draft (§2.6) asks for 409 or the first result.`,
        'Answer 409 with Retry-After while the key is in flight.',
        odd,
      )
    if (!accepted(after)) {
      return wrong(
        `After the race the key answers ${after.status}: nobody gets the result.`,
        'Release or complete the key whatever becomes of the request that held it.',
        [after],
      )
    }
    return counted === undefined
      ? inconclusive(copies.kind === 'blind' ? copies.reason : '', ...attempts)
      : pass(...evidence)
  },
}
