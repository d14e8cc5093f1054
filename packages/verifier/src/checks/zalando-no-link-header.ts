import { listed, quote } from '../evidence/quote.ts'
import { fail, pass } from '../evidence/verdict.ts'
import { headerValue, mediaTypeOf } from '../exchange/header-values.ts'
import { givenAnswers } from '../experiments/given-answers.ts'
import type { Check } from './check.ts'

/** Links stand in the JSON itself, where those who read it find them. */
export const zalandoNoLinkHeader: Check = {
  id: 'zalando-no-link-header',
  guidelines: ['zalando'],
  group: 'representation',
  title: 'JSON answers carry no Link header',
  level: 'error',
  basis: 'guideline',
  source: 'Zalando #166 (MUST NOT)',
  async run(ask) {
    const answers = await ask(givenAnswers)
    const wrong = answers.filter(
      ({ answer }) => /[/+]json$/.test(mediaTypeOf(answer)) && headerValue(answer, 'link') !== undefined,
    )
    if (wrong[0] === undefined) return pass(...answers.map(({ answer }) => answer))
    return fail({
      message: `The answer to ${listed(wrong.map(({ to }) => to))} is JSON and has a Link header: ${quote(headerValue(wrong[0].answer, 'link') ?? '')}. Zalando #166 does not allow Link headers with JSON media types.`,
      fix: 'Put the links into the JSON, as members with an href.',
      evidence: wrong.map(({ answer }) => answer),
    })
  },
}
