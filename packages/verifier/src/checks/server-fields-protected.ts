import { listed, quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { serverMembers } from '../experiments/server-members.ts'
import type { Check } from './check.ts'

/** What the server decides is not for the client to send. */
export const serverFieldsProtected: Check = {
  id: 'server-fields-protected',
  group: 'security',
  title: 'Members that the server makes cannot be set by the client',
  level: 'error',
  basis: 'guideline',
  source: 'OWASP API3:2023 (CWE-915); AIP-203; FHIR create',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const tried = await ask(serverMembers)
    if (tried.kind === 'impossible') return skip(tried.reason)
    const { attempt, planted, shown } = tried
    if (attempt.status >= 500) return inconclusive(`the create answered ${attempt.status}`, attempt)
    if (!accepted(attempt)) return pass(attempt)
    if (shown === undefined) return inconclusive('what was created could not be read', attempt)
    const stored = Object.keys(planted).filter((name) => shown.resource[name] === planted[name])
    if (stored.length === 0) return pass(attempt, shown.answer)
    return fail({
      message: `The ${operation.schemaIsGuess ? 'example' : 'document'} does not take ${listed(stored)}, the server makes ${stored.length === 1 ? 'it' : 'them'}, and what a client sent was stored: ${stored.map((name) => `${name} is now ${quote(String(shown.resource[name]))}`).join(', ')}.`,
      fix: 'Take the members that the schema declares from the body, one by one or by validation; never spread the whole body into the row.',
      evidence: [attempt, shown.answer],
      // That clients may choose it can be meant, and one example does not show it.
      ...(operation.schemaIsGuess ? { level: 'warning' as const } : {}),
    })
  },
}
