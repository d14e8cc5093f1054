import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { created } from '../experiments/created.ts'
import { simpleRequests } from '../experiments/simple-requests.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import type { Check } from './check.ts'

/** Who is known by a cookie alone can be made to create by any page that is open in the browser. */
export const csrfSimpleRequest: Check = {
  id: 'csrf-simple-request',
  group: 'security',
  title: 'Where a cookie says who calls, a create that any page can send is refused',
  // Whether browsers send the cookie along (SameSite) is not to be seen from here.
  level: 'warning',
  basis: 'derived',
  source: 'WHATWG Fetch, CORS-safelisted request-header; RFC 6265 §8.2',
  async run(ask, { creation }) {
    const create = await ask(created)
    const names = create.answer.request.headers.map(([name]) => name.toLowerCase())
    if (!names.includes('cookie')) return skip('the run calls without a cookie')
    const other = names.find((name) => !sentByForms.has(name))
    if (other !== undefined) return skip(`requests carry ${other}, which no page of another origin can send unasked`)
    if (isFormMediaType(creation.body?.mediaType)) return skip('its content is a form')
    const tried = await ask(simpleRequests)
    const taken = tried.filter((one) => one.tried.kind === 'answered' && accepted(one.tried.attempt))
    if (taken.length > 0) {
      return fail({
        message: `A create from the origin https://createonce.example with nothing but the cookie is accepted, its JSON sent as ${listed(taken.map(({ label }) => label))}. Browsers send that for any page without asking (no preflight), with the cookie unless its SameSite forbids.`,
        fix: 'Refuse content that is not application/json with 415, ask for a token or compare Origin, and set SameSite on the cookie.',
        evidence: taken.map((one) => one.tried.exchange),
      })
    }
    const broken = tried.find((one) => one.tried.kind === 'unanswered' || one.tried.attempt.status >= 500)
    if (broken !== undefined)
      return inconclusive(`a create as ${broken.label} was not refused and not accepted`, broken.tried.exchange)
    return pass(...tried.map((one) => one.tried.exchange))
  },
}

/** What every request of a browser to another origin may carry without a preflight, and what HTTP itself needs. */
const sentByForms: ReadonlySet<string> = new Set([
  ...['accept', 'accept-language', 'content-language', 'content-type', 'content-length', 'cookie', 'host'],
  ...['user-agent', 'origin', 'referer', 'connection'],
])
