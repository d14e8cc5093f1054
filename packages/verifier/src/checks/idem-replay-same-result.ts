import { differences } from '../evidence/differences.ts'
import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { replay } from '../experiments/replay.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** The promise of an idempotency key: a retry finds what the first request made. */
export const idemReplaySameResult: Check = {
  id: 'idem-replay-same-result',
  group: 'idempotency',
  title: 'A retry with the same key gets the first result and creates nothing',
  level: 'error',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.6; AIP-155; OASIS Repeatable Requests 1.0 §5; Zalando #230',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, second, copies } = await ask(replay)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    const evidence = [second, first, ...(copies.kind === 'counted' ? [copies.evidence] : [])]
    const wrong = (message: string, fix: string, level?: 'warning'): Verdict =>
      tempered(fail({ message, fix, evidence, ...(level === undefined ? {} : { level }) }), policy.inferred)
    const fix =
      'Store key, fingerprint and answer in the transaction that creates the resource, and answer a known key from there.'

    if (copies.kind === 'counted' && copies.count > 1) {
      return wrong(`The same request was sent twice with the same key, and ${copies.count} resources exist.`, fix)
    }
    if (!accepted(second))
      return wrong(
        `The retry with the same key answered ${second.status}, and the first request ${first.status}. The draft (§2.6) answers a retry with the result of the first.`,
        fix,
      )
    if (sameResource(first, second) === false)
      return wrong('The retry with the same key names another resource than the first answer.', fix)
    if (first.json !== undefined && second.json !== undefined && differences(first.json, second.json).length > 0) {
      return wrong(
        'The retry with the same key has another body than the first answer.',
        'Replay the answer that was stored.',
        'warning',
      )
    }
    return copies.kind === 'blind'
      ? inconclusive(
          `the two answers agree; whether one resource exists cannot be seen: ${copies.reason}`,
          first,
          second,
        )
      : pass(...evidence)
  },
}
