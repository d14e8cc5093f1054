import { jsonApiType } from '../evidence/json-api.ts'
import { refusedWith } from '../evidence/refused-with.ts'
import { fail, skip } from '../evidence/verdict.ts'
import { jsonApiParameters } from '../experiments/json-api-parameters.ts'
import type { Check } from './check.ts'

/** A parameter that the server does not know may change what the content means. */
export const jsonApiParameters415: Check = {
  id: 'json-api-parameters-415',
  guidelines: ['json-api'],
  group: 'media types and methods',
  title: 'Content as application/vnd.api+json with an unknown parameter is answered with 415',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Server Responsibilities (MUST)',
  async run(ask, { creation }) {
    if (creation.body?.mediaType !== jsonApiType) return skip(`the operation does not take ${jsonApiType}`)
    const { content } = await ask(jsonApiParameters)
    const refusal = refusedWith(415, content)
    if (refusal.kind === 'judged') return refusal.verdict
    return fail({
      message: `Content as ${jsonApiType} with a parameter that is neither ext nor profile is answered with ${refusal.status}. JSON:API 1.1: servers must respond with 415 Unsupported Media Type.`,
      fix: 'Look at the parameters of Content-Type before parsing; refuse every one but ext and profile with 415.',
      evidence: [content.exchange],
    })
  },
}
