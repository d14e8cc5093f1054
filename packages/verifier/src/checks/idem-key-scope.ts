import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import { anonymous } from '../experiments/anonymous.ts'
import { type Attempt, accepted, refused } from '../experiments/attempt.ts'
import { keyElsewhere } from '../experiments/key-scope.ts'
import { carries } from '../experiments/marks.ts'
import { otherPrincipal } from '../experiments/other-principal.ts'
import type { Check } from './check.ts'

const fix =
  'Make the principal and the operation part of the key under which the answer is stored; a bare key belongs to everybody.'

/** Keys are chosen by clients, who do not know of each other. */
export const idemKeyScope: Check = {
  id: 'idem-key-scope',
  group: 'security',
  title: 'A key means something only for its principal and its operation',
  level: 'error',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §5; Adyen; Stripe',
  alone: true,
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, other, control, neighbour } = await ask(keyElsewhere)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    const judged = other === undefined ? undefined : judgeOther(first, other, control)
    if (judged?.kind === 'fail' && (await isForAnybody(ask)))
      return inconclusive('anybody may create here without credentials, so that no principals are told apart', first)
    const verdicts = [
      ...(judged === undefined ? [] : [judged]),
      ...(neighbour === undefined ? [] : [judgeNeighbour(first, neighbour.attempt, neighbour.creation)]),
    ]
    const principal = await ask(otherPrincipal)
    if (principal.kind === 'powerless') {
      const { attempt } = principal
      verdicts.push(inconclusive(`the second principal may not create: it is answered ${attempt.status}`, attempt))
    }
    const worst = ['fail', 'inconclusive'].map((kind) => verdicts.find((one) => one.kind === kind)).find(Boolean)
    if (worst !== undefined) return tempered(worst, policy.inferred)
    return verdicts[0] ?? skip('there is neither a second principal (--other-header) nor a second creation')
  },
}

/** Where nobody has to say who they are, the second principal of a run is the same caller as the first. */
async function isForAnybody(ask: Parameters<Check['run']>[0]): Promise<boolean> {
  const tried = await ask(anonymous)
  return tried.kind === 'tried' && accepted(tried.valid)
}

function judgeOther(first: Attempt, other: Attempt, control: Attempt | undefined): Verdict {
  if (isAnswerOf(first, other)) {
    return fail({
      message:
        'The second principal used a key of the first one with a body of its own, and got the answer to the first one: with its data.',
      fix,
      evidence: [other, first],
    })
  }
  if (accepted(other)) return pass(other, first)
  if ([400, 409, 422].includes(other.status) && control !== undefined && accepted(control)) {
    return fail({
      message: `The second principal used a key that the first one had used, and is answered ${other.status}; with another key it may create. One client's keys block another's, and tell it that they were used.`,
      fix,
      evidence: [other, first, control],
    })
  }
  return inconclusive(`the second principal is answered ${other.status} with a key of the first`, other)
}

function judgeNeighbour(first: Attempt, other: Attempt, creation: string): Verdict {
  if (isAnswerOf(first, other)) {
    return fail({
      message: `A key that was used here was used again for ${creation}, which answered what was created here.`,
      fix,
      evidence: [other, first],
    })
  }
  // A key that is refused for another operation is told apart, too.
  return accepted(other) || refused(other)
    ? pass(other, first)
    : inconclusive(`${creation} answered ${other.status}`, other)
}

function isAnswerOf(first: Attempt, other: Attempt): boolean {
  if (!accepted(other)) return false
  const { body } = other.answer.response
  if (body !== '' && body === first.answer.response.body) return true
  const foreign = new Set([...first.marks].filter((mark) => !other.marks.has(mark)))
  if (carries(other.json, foreign)) return true
  return body === '' && other.locations[0] !== undefined && other.locations[0] === first.locations[0]
}
