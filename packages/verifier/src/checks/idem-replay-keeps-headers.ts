import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { headerValue, headerValues } from '../exchange/header-values.ts'
import { accepted } from '../experiments/attempt.ts'
import { replay } from '../experiments/replay.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

const kept = ['Content-Type', 'Location', 'ETag']

/** A replay is the whole answer: a client that retries needs Location as much as one that does not. */
export const idemReplayKeepsHeaders: Check = {
  id: 'idem-replay-keeps-headers',
  group: 'idempotency',
  title: 'A replay has the status and the headers of the first answer',
  level: 'warning',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.6; OASIS Repeatable Requests 1.0 §5',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, second } = await ask(replay)
    if (!accepted(first) || !accepted(second))
      return inconclusive(`there is no replay to compare (${first.status}, then ${second.status})`, first, second)
    if (sameResource(first, second) === false)
      return inconclusive('the retry was executed, not replayed', first, second)
    // A replay by reference has no content, and so no type of it.
    const hasNoContent = second.answer.response.body === ''
    const lost = kept.filter(
      (name) =>
        headerValue(first.answer, name) !== headerValue(second.answer, name) &&
        !(name === 'Content-Type' && hasNoContent && headerValue(second.answer, name) === undefined),
    )
    const changes = lost.map(
      (name) =>
        `${name} was ${headerValue(first.answer, name) ?? 'absent'} and is ${headerValue(second.answer, name) ?? 'absent'}`,
    )
    if (first.status !== second.status) changes.unshift(`the status was ${first.status} and is ${second.status}`)
    const cookies = headerValues(second.answer, 'set-cookie').filter((line) =>
      headerValues(first.answer, 'set-cookie').includes(line),
    )
    if (cookies.length > 0) changes.push('Set-Cookie of the first answer is repeated')
    if (changes.length === 0) return pass(first, second)
    return tempered(
      fail({
        message: `The replay differs from the first answer: ${listed(changes)}.`,
        fix: 'Store status, body and a list of headers (Location, Content-Type, ETag …), never Set-Cookie.',
        evidence: [second, first],
      }),
      policy.inferred,
    )
  },
}
