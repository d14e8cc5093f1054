import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { missingParent } from '../experiments/missing-parent.ts'
import type { Check } from './check.ts'

/** Nothing comes into being below what does not exist. */
export const parentMissing4xx: Check = {
  id: 'parent-missing-4xx',
  group: 'validation',
  title: 'A create below an unknown parent is refused',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.5.5; JSON:API 1.1',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const outcome = await ask(missingParent)
    if (outcome.kind === 'impossible') return skip(outcome.reason)
    const { tried, parameter } = outcome
    if (tried.kind === 'unanswered')
      return inconclusive(`the request was not answered: ${tried.exchange.failure?.detail}`, tried.exchange)
    const { status } = tried.attempt
    if (status >= 300 && status < 400) return inconclusive(`the request was redirected (${status})`, tried.exchange)
    if (status >= 400 && status < 500) return pass(tried.exchange)
    return fail({
      message: `A create below an unknown ${parameter} answered ${status}. The parent does not exist: 404 is what RFC 9110 §15.5.5 has for that.`,
      fix: 'Look the parent up, or catch the violation of the foreign key, and answer 404; without a foreign key the database keeps orphans.',
      evidence: [tried.exchange],
    })
  },
}
