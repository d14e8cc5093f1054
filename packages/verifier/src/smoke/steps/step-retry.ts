import type { Check } from '../../checks/check.ts'
import { keyPolicyOf, tempered, uniquePolicyOf } from '../../evidence/policy-of.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../../evidence/verdict.ts'
import { type Attempt, accepted, refused } from '../../experiments/attempt.ts'
import { created } from '../../experiments/created.ts'
import type { Ask } from '../../experiments/experiment.ts'
import { keyValueOf } from '../../experiments/key-value-of.ts'
import type { Operation } from '../../experiments/operation.ts'
import { sameResource } from '../../experiments/same-resource.ts'
import { repeated } from '../repeated.ts'

/** Whoever got no answer sends the same again: that must not make a second one where the API promises so. */
export const stepRetry: Check = {
  id: 'retry',
  group: 'idempotency',
  title: 'The same request again creates nothing',
  level: 'error',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.6; AIP-155; Zalando #230; RFC 9110 §9.2.2',
  methods: ['POST', 'PUT'],
  confirmations: 0,
  async run(ask, operation) {
    const first = await ask(created)
    if (operation.creation.method === 'PUT') return judgePut(first, await ask(repeated))
    const keys = keyPolicyOf(operation)
    if (keys.kind === 'keys' && first.key !== undefined)
      return tempered(judgeKeyed(first, await ask(repeated)), keys.inferred)
    return await judgeUnique(ask, operation, first)
  },
}

function judgePut(first: Attempt, second: Attempt): Verdict {
  // Under `If-None-Match: *` what is there is not replaced.
  if (accepted(second) || second.status === 412) return pass(second, first)
  if (second.status < 500) return inconclusive(`the same PUT again answered ${second.status}`, second, first)
  return fail({
    message: `The same PUT again answered ${second.status}. PUT is idempotent (RFC 9110 §9.2.2).`,
    fix: 'Replace what is there, or refuse to with 4xx.',
    evidence: [second, first],
  })
}

function judgeKeyed(first: Attempt, second: Attempt): Verdict {
  const fix =
    'Store key, fingerprint and answer in the transaction that creates the resource, and answer a known key from there.'
  const wrong = (message: string): Verdict => fail({ message, fix, evidence: [second, first] })
  if (!accepted(second))
    return wrong(
      `The retry with the same key answered ${second.status}, and the first request ${first.status}. The draft (§2.6) answers a retry with the result of the first.`,
    )
  const isSame = sameResource(first, second)
  if (isSame === false) return wrong('The retry with the same key created a second resource.')
  return isSame === true
    ? pass(second, first)
    : inconclusive('the answers do not name what they made, so that it is not seen whether it is one', second, first)
}

async function judgeUnique(ask: Ask, operation: Operation, first: Attempt): Promise<Verdict> {
  const unique = uniquePolicyOf(operation)
  if (unique.kind === 'unknown' || unique.value === 'allow')
    return skip('the operation takes no idempotency keys and allows duplicates: a retry creates another one')
  const { value, inferred, why, naturalKey } = unique
  const key = naturalKey.join(', ')
  if (naturalKey.some((name) => keyValueOf(first.body, name) === undefined))
    return skip(`the body that is accepted does not hold ${key}`)
  const second = await ask(repeated)
  const isNew = accepted(second) && sameResource(first, second) === false
  const wrong = (message: string): Verdict =>
    tempered(
      fail({
        message,
        fix: `Put a unique index on ${key}, and answer by the policy.`,
        evidence: [second, first],
      }),
      inferred,
      why,
    )
  if (isNew) return wrong(`The same request again answered ${second.status} and created a second one with this ${key}.`)
  if (value === 'reject' ? refused(second) : [200, 204, 303].includes(second.status)) return pass(second, first)
  if (accepted(second) && sameResource(first, second) === undefined)
    return inconclusive(
      'the answers do not name what they made, so that it is not seen whether it is one',
      second,
      first,
    )
  return wrong(
    `A duplicate (${key}) is to be ${value === 'reject' ? 'rejected' : 'answered with the existing resource'}; the same request again answered ${second.status}.`,
  )
}
