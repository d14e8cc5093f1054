import { keyPolicyOf } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { keyedRead } from '../experiments/keyed-read.ts'
import type { Check } from './check.ts'

/** Clients that put a key on every request can still read. */
export const idemSafeMethodsIgnored: Check = {
  id: 'idem-safe-methods-ignored',
  group: 'idempotency',
  title: 'A key on GET has no effect',
  level: 'note',
  basis: 'convention',
  source: 'OASIS Repeatable Requests 1.0 §5; Stripe',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const tried = await ask(keyedRead)
    if (tried === undefined)
      return inconclusive('the collection cannot be read where it is added to, or no key is taken')
    const { create, plain, keyed } = tried
    const fix = 'Look at Idempotency-Key only for the methods that create; safe methods need no key.'
    const { status, body } = keyed.response
    if (status === 429) return inconclusive('the read with a key was answered with 429', keyed)
    if (body !== '' && body === create.answer.response.body && body !== plain.response.body) {
      return fail({
        message: 'GET on the collection with the key of a create is answered with the recorded answer to that create.',
        fix,
        evidence: [keyed, create, plain],
      })
    }
    if (status === plain.response.status) return pass(keyed, plain)
    return fail({
      message: `GET on the collection answers ${plain.response.status}, and ${status} when it carries the key of a create.`,
      fix,
      evidence: [keyed, plain, create],
    })
  },
}
