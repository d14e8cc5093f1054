import { uniquePolicyOf } from '../evidence/policy-of.ts'
import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { duplicate } from '../experiments/duplicate.ts'
import type { Check } from './check.ts'

/** Whoever is told that it exists already is told where. */
export const existingHasLocation: Check = {
  id: 'existing-has-location',
  group: 'duplicates',
  title: 'An answer with the existing resource has its Location',
  level: 'note',
  basis: 'convention',
  source: 'Zalando #251, #229; RFC 9110 §9.3.3; FHIR conditional create',
  async run(ask, operation) {
    const policy = uniquePolicyOf(operation)
    if (policy.kind === 'unknown') return policy.verdict
    if (policy.value !== 'return-existing') return skip(`the policy for duplicates is ${policy.value}`)
    const tried = await ask(duplicate)
    if (tried.kind === 'impossible') return inconclusive(tried.reason)
    const { first, second } = tried
    if (![200, 204, 303].includes(second.status)) return inconclusive(`the duplicate answered ${second.status}`, second)
    const [location] = second.locations
    const url = second.answer.request.url
    if (location === undefined) {
      return fail({
        message: `The duplicate is answered with ${second.status} and the existing resource, without its Location.`,
        fix: 'Send Location and Content-Location of the existing resource.',
        evidence: [second, first],
      })
    }
    const known = first.locations[0]
    if (
      known !== undefined &&
      URL.canParse(known, url) &&
      URL.canParse(location, url) &&
      new URL(known, url).href !== new URL(location, url).href
    ) {
      return fail({
        message: `The duplicate is answered with Location ${quote(location)}, and the existing resource is at ${quote(known)}.`,
        fix: 'Send the Location of the resource that was found.',
        evidence: [second, first],
      })
    }
    return pass(first, second)
  },
}
