import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import type { Check } from './check.ts'

/** A link to another resource is a whole URI; the standards allow a path in Location. */
export const zalandoLocationAbsolute: Check = {
  id: 'zalando-location-absolute',
  guidelines: ['zalando'],
  group: 'location',
  title: 'Location is an absolute URI',
  // #217 is a MUST about links; that Location is such a link is a conclusion.
  level: 'warning',
  basis: 'guideline',
  source: 'Zalando #217',
  async run(ask) {
    const create = await ask(created)
    const [location] = create.locations
    if (location === undefined) return skip('the answer has no Location')
    if (URL.canParse(location)) return pass(create)
    return fail({
      message: `Location is ${quote(location)}. Zalando #217 asks for the full, absolute URI in links to other resources.`,
      fix: 'Build Location from a configured public base URL, not from the Host header.',
      evidence: [create],
    })
  },
}
