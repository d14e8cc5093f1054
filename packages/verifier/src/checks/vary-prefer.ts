import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { readByPreference } from '../experiments/read-by-preference.ts'
import type { Check } from './check.ts'

/** Who wishes nothing does not get from a cache what was answered to the wish of another. */
export const varyPrefer: Check = {
  id: 'vary-prefer',
  group: 'representation',
  title: 'Where a preference changes an answer that caches keep, Vary lists Prefer',
  level: 'error',
  basis: 'standard',
  source: 'RFC 7240 §2; RFC 9110 §12.5.5',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const found = await ask(readByPreference)
    if (found === undefined) return skip('nothing that was created is read')
    const steady = found.filter(({ isSteady }) => isSteady)
    if (steady.length === 0) {
      const claimed = found.find(({ preferred }) => headerValues(preferred, 'preference-applied').length > 0)
      return claimed === undefined
        ? skip('nothing shows that a preference changes what a GET answers')
        : inconclusive('a preference is applied, and each GET answers otherwise', claimed.plain, claimed.preferred)
    }
    const kept = steady.filter(({ plain, preferred }) => isKept(plain) && isKept(preferred))
    if (kept.length === 0) return skip('the answers are not kept by caches, or not used again without asking')
    const fix =
      'Send Vary: Prefer with every answer of a URL that heeds preferences, also where none was sent; or Cache-Control: no-store.'
    for (const { preference, plain, preferred } of kept) {
      if (varies(preferred)) continue
      return fail({
        message: `A GET with Prefer: ${preference} is answered otherwise than one without it, and Vary is ${varyOf(preferred)}: a cache gives this answer to whoever asks next (RFC 7240 §2).`,
        fix,
        evidence: [preferred, plain],
      })
    }
    for (const { preference, plain, preferred } of kept) {
      if (varies(plain)) continue
      // Who gets the plain answer from a cache has a wish that is not heard, which a preference must bear.
      return fail({
        message: `A GET with Prefer: ${preference} is answered otherwise than one without it, whose Vary is ${varyOf(plain)}. RFC 7240 §2 wants Prefer in it whether or not a preference was sent.`,
        fix,
        evidence: [plain, preferred],
        level: 'warning',
      })
    }
    return pass(...kept.flatMap(({ plain, preferred }) => [preferred, plain]))
  },
}

function members(answer: Answer, header: string): string[] {
  return headerValues(answer, header)
    .join(',')
    .split(',')
    .map((one) => one.trim().toLowerCase())
}

function varies(answer: Answer): boolean {
  return members(answer, 'vary').some((one) => one === 'prefer' || one === '*')
}

function varyOf(answer: Answer): string {
  const lines = headerValues(answer, 'vary')
  return lines.length === 0 ? 'missing' : quote(lines.join(', '))
}

// Statuses that may be kept by guess (RFC 9110 §15.1), unless the answer itself forbids to use it unasked.
function isKept(answer: Answer): boolean {
  const forbidding = /^(no-store|no-cache|max-age\s*=\s*"?0"?)$/
  return (
    [200, 203, 204].includes(answer.response.status) &&
    !members(answer, 'cache-control').some((one) => forbidding.test(one))
  )
}
