import { jsonApiType, jsonApiTypeFault } from '../evidence/json-api.ts'
import { listed } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { givenAnswers } from '../experiments/given-answers.ts'
import type { Check } from './check.ts'

/** By its media type a client knows that what it reads is JSON:API. */
export const jsonApiMediaType: Check = {
  id: 'json-api-media-type',
  guidelines: ['json-api'],
  group: 'media types and methods',
  title: 'Documents are sent as application/vnd.api+json, without parameters but ext and profile',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Server Responsibilities (MUST)',
  async run(ask) {
    const answers = (await ask(givenAnswers)).filter(({ answer }) => answer.response.body !== '')
    if (answers.length === 0) return skip('no answer has content')
    const wrong = answers.flatMap((one) => {
      const fault = jsonApiTypeFault(one.answer)
      return fault === undefined ? [] : [{ ...one, fault }]
    })
    if (wrong.length === 0) return pass(...answers.map(({ answer }) => answer))
    const told = wrong.map(({ to, fault }) => `that of the answer to ${to} ${fault}`)
    return fail({
      message: `JSON:API 1.1: servers must send all data with the Content-Type ${jsonApiType}, and no parameters but ext and profile. Seen: ${listed(told)}.`,
      fix: `Send Content-Type: ${jsonApiType}.`,
      evidence: wrong.map(({ answer }) => answer),
    })
  },
}
