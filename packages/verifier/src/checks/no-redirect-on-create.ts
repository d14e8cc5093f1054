import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { footingOf } from '../experiments/created.ts'
import { trailingSlash } from '../experiments/trailing-slash.ts'
import type { Check } from './check.ts'

/** A redirect of a POST loses the content in many clients: they repeat it as a GET. */
export const noRedirectOnCreate: Check = {
  id: 'no-redirect-on-create',
  group: 'success',
  title: 'The documented URL takes the POST itself',
  level: 'warning',
  basis: 'guideline',
  source: 'RFC 9110 §15.4.2, §15.4.3; RFC 9205 §4.6.1; Zalando #251',
  async run(ask) {
    const footing = await ask(footingOf)
    if (footing.kind === 'impossible') return inconclusive(footing.reason)
    const to = (location: string | undefined) => (location === undefined ? '' : ` to ${quote(location)}`)
    if (footing.redirect !== undefined) {
      const { request, response } = footing.redirect
      const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
      const rewrites = response.status === 301 || response.status === 302
      return fail({
        message: `POST ${request.url} is redirected with ${response.status}${to(location)}.${rewrites ? ' On 301 and 302 clients may send a GET instead (RFC 9110 §15.4.2), and believe that they created something.' : ''}`,
        fix: 'Accept the POST at the documented URL, or document the URL that accepts it.',
        evidence: [footing.redirect],
        ...(rewrites ? {} : { level: 'note' as const }),
      })
    }
    const slash = await ask(trailingSlash)
    if (slash.kind === 'answered' && [301, 302].includes(slash.attempt.status)) {
      return fail({
        message: `POST with the trailing slash toggled (${slash.exchange.request.url}) is redirected with ${slash.attempt.status}${to(slash.attempt.locations[0])}: a client with that small difference sends a GET in its place.`,
        fix: 'Answer 404 there, accept the POST, or redirect with 308.',
        evidence: [slash.exchange],
        level: 'note',
      })
    }
    return pass(footing.attempt)
  },
}
