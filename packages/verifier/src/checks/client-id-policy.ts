import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { clientIds } from '../experiments/client-ids.ts'
import type { Check } from './check.ts'

/** Whoever may choose an id may choose one that is taken; that must not be a way to overwrite it. */
export const clientIdPolicy: Check = {
  id: 'client-id-policy',
  group: 'duplicates',
  title: 'A create that names an id which exists never overwrites what has it',
  level: 'warning',
  basis: 'guideline',
  source: 'JSON:API 1.1; AIP-133; OData 4.01 §11.4.2; FHIR create; Zalando #148',
  async run(ask) {
    const tried = await ask(clientIds)
    if (tried.kind === 'impossible') return skip(tried.reason)
    const { member, value, first, second, shown } = tried
    if (first.status >= 500) return inconclusive(`a create with ${member} answered ${first.status}`, first)
    // Refused, or given another id: both are policies.
    if (second === undefined) return pass(first)
    if (second.status >= 500)
      return inconclusive(`a second create with the same ${member} answered ${second.status}`, second, first)
    if (accepted(second) && second.id !== undefined && second.id.value !== value) return pass(first, second)
    if (shown === undefined || shown.what === 'unclear')
      return inconclusive(
        `nothing shows what has the ${member} now`,
        second,
        first,
        ...(shown === undefined ? [] : [shown.answer]),
      )
    if (shown.what === 'first') return pass(first, second, shown.answer)
    return fail({
      message: `Two creates named the same ${member} ${quote(value)}; the second answered ${second.status}, and the resource of the first now has the content of the second.`,
      fix: 'Refuse an id that exists with 409, or take no ids from clients: a create inserts, and never saves over what is there.',
      evidence: [second, first, shown.answer],
    })
  },
}
