import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import type { Check } from './check.ts'

// RFC 3986 §2: what may stand in a URI-reference, with every percent sign leading two hexadecimal digits.
const uriReference = /^(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})+$/
// Square brackets are for IPv6 addresses only (RFC 3986 §3.2.2).
const strayBracket = /^(?!\w+:\/\/[^/]*\[[0-9A-Fa-f:.]+\][^/[\]]*(?:\/[^[\]]*)?$).*[[\]]/
const severalUris = /,\s*(?:https?:\/\/|\/)/

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
    const [location, ...more] = create.locations
    if (location === undefined) return skip('the answer has no Location')
    const broken = (message: string, fix: string, level?: 'warning') =>
      fail({ message, fix, evidence: [create], ...(level === undefined ? {} : { level }) })
    if (more.length > 0) {
      return broken(
        `The answer has ${create.locations.length} Location lines: ${create.locations.map(quote).join(', ')}. RFC 9110 §10.2.2 allows one URI-reference and no list.`,
        'Set Location in one place only; often both the framework and the handler add it.',
      )
    }
    if (severalUris.test(location)) {
      return broken(
        `Location holds more than one URI: ${quote(location)}. RFC 9110 §10.2.2 allows one.`,
        'Send the URL of the one primary resource.',
      )
    }
    if (
      !uriReference.test(location) ||
      strayBracket.test(location) ||
      !URL.canParse(location, create.answer.request.url)
    ) {
      return broken(
        `Location is no valid URI reference (RFC 3986 §4.1): ${quote(location)}.`,
        'Percent-encode every path segment (encodeURIComponent) before it goes into Location.',
      )
    }
    if (location.includes('#')) {
      return broken(
        `Location has a fragment: ${quote(location)}. RFC 9110 §10.2.2: on a 201 it refers to the created resource, and a fragment names no resource.`,
        'Send the URL of the resource itself, not of a page that shows it.',
        'warning',
      )
    }
    return pass(create)
  },
}
