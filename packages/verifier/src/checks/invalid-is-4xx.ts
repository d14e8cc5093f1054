import { isLenient } from '../evidence/is-lenient.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import type { InvalidTried } from '../experiments/invalid-bodies.ts'
import { invalidBodies } from '../experiments/invalid-bodies.ts'
import { refusedLater } from '../experiments/refused-later.ts'
import type { Check } from './check.ts'

/** Whoever sends what the document forbids is told so, and not by a crash. */
export const invalidIs4xx: Check = {
  id: 'invalid-is-4xx',
  group: 'validation',
  title: 'Invalid input is answered with 4xx',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.5, §15.5.1; Azure http-parameter-validation',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const outcomes = await ask(invalidBodies)
    if (outcomes.length === 0) return skip('the schema has no rule that could be broken')
    const crashed = outcomes.filter(({ tried }) => tried.kind === 'unanswered' || tried.attempt.status >= 500)
    if (crashed.length > 0) {
      return fail({
        message: `Invalid input is answered with a server error: ${listed(crashed.slice(0, 4).map(described))}. It is the client's fault (RFC 9110 §15.5) and should be told to it.`,
        fix: 'Validate the body against the schema before it is used.',
        evidence: crashed.map(({ tried }) => tried.exchange),
      })
    }
    const through = outcomes.filter(({ tried }) => tried.kind === 'answered' && tried.attempt.status < 400)
    if (through.length === 0) return pass(...outcomes.map(({ tried }) => tried.exchange))
    const later = through.every(({ tried }) => tried.kind === 'answered' && tried.attempt.status === 202)
      ? await ask(refusedLater)
      : []
    // What was only accepted may be refused by whoever does the work; the monitor tells.
    if (later.length > 0 && !later.some(({ ended }) => ended.kind === 'created')) {
      const evidence = later.flatMap(({ tried, ended }) => [
        tried.tried.exchange,
        ...('answers' in ended ? ended.answers.slice(-1) : []),
      ])
      return later.every(({ ended }) => ended.kind === 'failed')
        ? pass(...evidence)
        : inconclusive('invalid input is accepted with 202, and its end was not seen', ...evidence)
    }
    const strict = through.filter(({ violation }) => !isLenient(violation))
    const shown = strict.length > 0 ? strict : through
    return fail({
      message: `${through.length} of ${outcomes.length} bodies that ${operation.schemaIsGuess ? 'do not look like the example' : "break the document's own schema"} were accepted: ${listed(shown.slice(0, 4).map(described))}${shown.length > 4 ? ' …' : ''}.`,
      fix: 'Validate the body against the schema before it is used, and answer 400 or 422 naming every violation.',
      evidence: shown.map(({ tried }) => tried.exchange),
      ...(strict.length === 0
        ? { level: 'note' as const }
        : operation.schemaIsGuess
          ? { level: 'warning' as const }
          : {}),
    })
  },
}

function described({ violation, tried }: InvalidTried): string {
  const outcome =
    tried.kind === 'answered' ? String(tried.attempt.status) : (tried.exchange.failure?.reason ?? 'no answer')
  return `${violation.name} (${outcome})`
}
