import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { hangUpAndRetry } from '../experiments/hang-up-and-retry.ts'
import type { Check } from './check.ts'

/** The case that keys are made for: the answer was lost on its way. */
export const idemClientAbort: Check = {
  id: 'idem-client-abort',
  group: 'idempotency',
  title: 'A client that hangs up and retries gets its one resource',
  level: 'error',
  basis: 'derived',
  source: 'draft-ietf-httpapi-idempotency-key-header §1, §2.6',
  confirmations: 3,
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { cut, retries, copies } = await ask(hangUpAndRetry)
    const last = retries.at(-1)
    if (cut.failure?.reason !== 'hung-up' || last === undefined)
      return inconclusive('the request could not be cut', cut)
    const evidence = [cut, ...retries, ...(copies.kind === 'counted' ? [copies.evidence] : [])]
    const wrong = (message: string, fix: string): Verdict =>
      tempered(fail({ message, fix, evidence: [last, ...evidence] }), policy.inferred)
    if (copies.kind === 'counted' && copies.count > 1) {
      return wrong(
        `A client hung up and retried with the same key, and ${copies.count} resources exist.`,
        'Finish or roll back the work of a client that left, together with its key.',
      )
    }
    if ([429, 503].includes(last.status)) return inconclusive(`the retries answered ${last.status}`, ...retries)
    if (!accepted(last)) {
      return wrong(
        `A client hung up and retried with the same key: after ${retries.length} tries within seconds the answer is still ${last.status}.`,
        'Complete the record when the work is done, whether or not anybody listens; release it when the work is given up.',
      )
    }
    return copies.kind === 'blind' ? inconclusive(copies.reason, ...retries) : pass(...evidence)
  },
}
