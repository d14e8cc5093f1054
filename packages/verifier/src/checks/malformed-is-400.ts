import { listed } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { type MalformedTried, malformedBodies } from '../experiments/malformed-bodies.ts'
import type { Check } from './check.ts'

/** Content that cannot be parsed is refused as such, instead of being guessed at. */
export const malformedIs400: Check = {
  id: 'malformed-is-400',
  group: 'validation',
  title: 'Content that is no valid JSON is answered with 400',
  level: 'warning',
  basis: 'derived',
  source: 'RFC 9110 §15.5.1; RFC 8259 §4, §8.1; RFC 7493 §2.3',
  methods: ['POST', 'PUT'],
  async run(ask, { creation }) {
    if (creation.body === undefined) return skip('it has no content')
    const outcomes = await ask(malformedBodies)
    if (outcomes.length === 0) return skip('its content is a form, and hardly any text is none')
    const wrong = outcomes.filter(({ tried }) => statusOf(tried) !== 400)
    if (wrong.length === 0) return pass(...outcomes.map(({ tried }) => tried.exchange))
    const grave = wrong.filter(isGrave)
    const shown = grave.length > 0 ? grave : wrong
    return fail({
      message: `Malformed content should be answered with 400 (RFC 9110 §15.5.1). Seen: ${listed(shown.map(({ name, tried }) => `${name} → ${statusOf(tried) ?? tried.exchange.failure?.reason}`))}.`,
      fix: 'Refuse what the parser cannot read with 400 before validation; decode UTF-8 strictly, and refuse duplicate member names where the raw text is at hand.',
      evidence: shown.map(({ tried }) => tried.exchange),
      ...(grave.length > 0 ? {} : { level: 'note' as const }),
    })
  },
}

function statusOf(tried: MalformedTried['tried']): number | undefined {
  return tried.kind === 'answered' ? tried.attempt.status : undefined
}

// Another 4xx refuses too, and hardly any parser shows duplicate names (RFC 8259 §4: SHOULD be unique): a note.
function isGrave({ name, tried }: MalformedTried): boolean {
  const status = statusOf(tried) ?? 500
  return status >= 500 || (status < 400 && name !== 'duplicate member names')
}
