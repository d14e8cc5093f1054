import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import { locationUrl } from '../experiments/location-url.ts'
import { prefixedRead } from '../experiments/prefixed-read.ts'
import type { Check } from './check.ts'

/** Location leads where the client came from: not to the host behind the proxy, and not past its prefix. */
export const locationPublicOrigin: Check = {
  id: 'location-public-origin',
  group: 'location',
  title: 'Location has the origin and the prefix that the client used',
  level: 'warning',
  basis: 'derived',
  source: 'RFC 9110 §10.2.2; Zalando #217',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    const [location] = create.locations
    if (location === undefined) return skip('the answer has no Location')
    const place = locationUrl(create, operation)
    if (place.kind === 'unusable') return inconclusive(`Location is no usable URL: ${quote(location)}`, create)
    if (place.kind === 'foreign') {
      return fail({
        message: `Location is ${quote(location)}, and the client called ${new URL(operation.target.baseUrl).origin}: it would be sent to a host it may not reach.`,
        fix: 'Send a path that starts with "/", or build the URL from a configured public base URL instead of the socket or the Host header.',
        evidence: [create],
      })
    }
    const prefixed = await ask(prefixedRead)
    if (prefixed.kind === 'found') {
      return fail({
        message: `Location is ${quote(location)}, where nothing is; the resource is at ${prefixed.answer.request.url}. The prefix ${quote(prefixed.prefix)} that the client used is lost.`,
        fix: "Put the prefix under which the API is reached in front of Location (a configured public base URL, or the router's base path).",
        evidence: [create, prefixed.answer],
      })
    }
    return pass(create)
  },
}
