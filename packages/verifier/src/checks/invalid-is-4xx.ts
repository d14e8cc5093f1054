import { listed } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import type { InvalidBody } from '../experiments/bodies.ts'
import type { InvalidTried } from '../experiments/invalid-bodies.ts'
import { invalidBodies } from '../experiments/invalid-bodies.ts'
import type { Check } from './check.ts'

// JSON Schema 2020-12 §7.2.1: format is an annotation unless said otherwise. Unknown members, and null for an absent
// member, are matters of taste in most guidelines. A server that reads these leniently has made a choice: a note.
const lenientRules = /^(format|nullable|additionalProperties|unevaluatedProperties|contentEncoding|contentMediaType)$/

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

// A number for a text loses nothing, and widespread parsers take it.
function isLenient({ rule, pointer, body }: InvalidBody): boolean {
  if (lenientRules.test(rule)) return true
  const value = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], body)
  return rule === 'type' && typeof value === 'number' && Number.isInteger(value)
}

function described({ violation, tried }: InvalidTried): string {
  const outcome =
    tried.kind === 'answered' ? String(tried.attempt.status) : (tried.exchange.failure?.reason ?? 'no answer')
  return `${violation.name} (${outcome})`
}
