import { jsonApiType } from '../evidence/json-api.ts'
import { refusedWith } from '../evidence/refused-with.ts'
import { fail, skip } from '../evidence/verdict.ts'
import { jsonApiParameters } from '../experiments/json-api-parameters.ts'
import type { Check } from './check.ts'

/** Who accepts nothing but a variant that the server does not know is told so, before anything is created. */
export const jsonApiAccept406: Check = {
  id: 'json-api-accept-406',
  guidelines: ['json-api'],
  group: 'media types and methods',
  title: 'Accept with application/vnd.api+json only with unknown parameters is answered with 406',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Server Responsibilities (MUST)',
  async run(ask, { creation }) {
    if (creation.body?.mediaType !== jsonApiType) return skip(`the operation does not take ${jsonApiType}`)
    const { accept } = await ask(jsonApiParameters)
    const refusal = refusedWith(406, accept)
    if (refusal.kind === 'judged') return refusal.verdict
    return fail({
      message: `A create whose Accept has ${jsonApiType} only with a parameter that is neither ext nor profile is answered with ${refusal.status}. JSON:API 1.1: servers must respond with 406 Not Acceptable.`,
      fix: 'Look at Accept before creating; where every instance of the JSON:API type has other parameters than ext and profile, answer 406.',
      evidence: [accept.exchange],
    })
  },
}
