import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import { isObject } from '../experiments/json-node.ts'
import type { Check } from './check.ts'

/** Two names for one new resource make two entries in every cache. */
export const jsonApiSelfIsLocation: Check = {
  id: 'json-api-self-is-location',
  guidelines: ['json-api'],
  group: 'location',
  title: 'links.self of the created resource is what Location says',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Creating Resources (MUST)',
  async run(ask) {
    const create = await ask(created)
    const [location] = create.locations
    if (location === undefined) return skip('the answer has no Location')
    const data = isObject(create.json) ? create.json['data'] : undefined
    const links = isObject(data) ? data['links'] : undefined
    const link = isObject(links) ? links['self'] : undefined
    const self = isObject(link) ? link['href'] : link
    if (typeof self !== 'string') return skip('the resource has no links.self')
    const base = create.answer.request.url
    if (!URL.canParse(location, base)) return skip('Location is no usable URL')
    // Both are references: a path and the whole URL say the same.
    if (URL.canParse(self, base) && new URL(self, base).href === new URL(location, base).href) return pass(create)
    return fail({
      message: `Location is ${quote(location)}, and links.self of the created resource is ${quote(self)}. JSON:API 1.1: the value of the self link must match the value of the Location header.`,
      fix: 'Build the URL of the resource once, and use it for both.',
      evidence: [create],
    })
  },
}
