import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { otherType } from '../experiments/other-type.ts'
import type { Check } from './check.ts'

/** A resource that does not belong into the collection is not put there, and the client learns why. */
export const jsonApiOtherType409: Check = {
  id: 'json-api-other-type-409',
  guidelines: ['json-api'],
  group: 'validation',
  title: 'A type that the collection does not have is answered with 409',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Creating Resources, 409 Conflict (MUST)',
  async run(ask) {
    const tried = await ask(otherType)
    if (tried === undefined) return skip('the bodies that are accepted have no data.type')
    if (tried.kind === 'unanswered') return inconclusive('the request was not answered', tried.exchange)
    const { status } = tried.attempt
    if (status === 409) return pass(tried.exchange)
    if ([401, 403, 429].includes(status)) return inconclusive(`the request was answered with ${status}`, tried.exchange)
    return fail({
      message: `A resource of the type "createonce-unknown" is answered with ${status}. JSON:API 1.1: a server must return 409 Conflict when the type is not among those of the collection.`,
      fix: 'Compare data.type with the type of the collection before validating the rest, and answer 409 when they differ.',
      evidence: [tried.exchange],
    })
  },
}
