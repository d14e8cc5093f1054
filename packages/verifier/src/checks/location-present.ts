import { fail, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import type { Check } from './check.ts'

/** Without Location, the answer claims that the URL which was posted to is the new resource. */
export const locationPresent: Check = {
  id: 'location-present',
  group: 'location',
  title: 'The answer to a create says where the new resource is',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §9.3.3, §15.3.2',
  async run(ask) {
    const create = await ask(created)
    if (create.status === 202) return skip('the create was only accepted (202), so there is nothing yet to point to')
    if (create.locations.length > 0) return pass(create)
    return fail({
      message: `The ${create.status} answer to the create has no Location. RFC 9110 §9.3.3 asks for a Location that identifies the created resource; without one the answer claims that ${create.answer.request.url} itself was created.`,
      fix: 'Send the URL of the new resource in a Location header.',
      evidence: [create],
    })
  },
}
