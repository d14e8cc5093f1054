import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import { locationRead } from '../experiments/location-read.ts'
import type { Check } from './check.ts'

/** What Location names can be read at once, with the same credentials. */
export const locationResolves: Check = {
  id: 'location-resolves',
  group: 'location',
  title: 'GET on Location answers 200 right after the create',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §10.2.2, §15.3.2; RFC 3986 §5; AIP-133',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    const [location] = create.locations
    if (location === undefined) return skip('the answer has no Location')
    if (create.status === 202) return skip('the create was only accepted (202); what Location names may not exist yet')
    const read = await ask(locationRead)
    if (read.kind === 'unusable' || read.kind === 'none')
      return inconclusive(`Location is no usable URL: ${quote(location)}`, create)
    if (read.kind === 'foreign')
      return inconclusive(`Location leads to another host, which is not called: ${quote(location)}`, create)
    const { at, url, later } = read
    const { status } = at.response
    if (status >= 200 && status < 300) return pass(create, at)
    if ([401, 403, 429].includes(status))
      return inconclusive(
        `GET on Location answered ${status}: what was created may not be read with these credentials`,
        create,
        at,
      )
    if (operation.creation.read === undefined && status < 500) {
      return skip(`GET on Location answered ${status}, and the document has no operation that reads what is created`)
    }
    if (later !== undefined && later.response.status === 200) {
      return fail({
        message: `GET ${url} (from Location) answered ${status} right after the create, and 200 a second later. A 201 says that the creation has happened (RFC 9110 §15.3.2).`,
        fix: 'Answer after the commit, and read from where it was written; if creation goes on afterwards, answer 202.',
        evidence: [create, at, later],
      })
    }
    return fail({
      message: `Location is ${quote(location)}, which is ${url}, and GET there answers ${status}. RFC 9110 §10.2.2 resolves Location against the request's URL; it must lead to the new resource.`,
      fix:
        location.startsWith('/') || /^https?:/.test(location)
          ? 'Build Location from the route by which the resource is read, including every prefix.'
          : `Start Location with "/": a relative reference replaces the last segment of the request's path.`,
      evidence: [create, at],
    })
  },
}
