import { refusedWith } from '../evidence/refused-with.ts'
import { fail, skip } from '../evidence/verdict.ts'
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
    const refusal = refusedWith(409, tried)
    if (refusal.kind === 'judged') return refusal.verdict
    return fail({
      message: `A resource of the type "createonce-unknown" is answered with ${refusal.status}. JSON:API 1.1: a server must return 409 Conflict when the type is not among those of the collection.`,
      fix: 'Compare data.type with the type of the collection before validating the rest, and answer 409 when they differ.',
      evidence: [tried.exchange],
    })
  },
}
