import { locationFault } from '../evidence/location-fault.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import type { Check } from './check.ts'

/** One Location line with one URI-reference: everything else is read differently by different clients. */
export const locationWellFormed: Check = {
  id: 'location-well-formed',
  group: 'location',
  title: 'Location is one line with one valid URI reference',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §10.2.2, §5.5; RFC 3986 §4.1',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const create = await ask(created)
    if (create.locations.length === 0) return skip('the answer has no Location')
    const fault = locationFault(create.locations, create.answer.request.url)
    return fault === undefined ? pass(create) : fail({ ...fault, evidence: [create] })
  },
}
