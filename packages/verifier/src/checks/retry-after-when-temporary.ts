import { isRetryAfter } from '../evidence/is-retry-after.ts'
import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { temporaryAnswers } from '../experiments/temporary-answers.ts'
import type { Check } from './check.ts'

/** Who is told to come back later is told when. */
export const retryAfterWhenTemporary: Check = {
  id: 'retry-after-when-temporary',
  group: 'errors',
  title: 'Answers that are about now only say when to come back, in seconds or by a date',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §10.2.3, §15.6.4; RFC 6585 §4; Zalando #153',
  confirmations: 0,
  isAboutAvailability: true,
  async run(ask) {
    const answers = await ask(temporaryAnswers)
    if (answers.length === 0) return skip('no answer was 429 or 503, or told to come back later')
    const odd = answers.find((answer) => linesOf(answer).some((line) => !isRetryAfter(line)))
    if (odd !== undefined) {
      return fail({
        message: `An answer of ${odd.response.status} has Retry-After: ${quote(linesOf(odd).join(', '))}. RFC 9110 §10.2.3 allows a number of seconds (digits only) or a date of HTTP.`,
        fix: 'Send whole seconds, for example Retry-After: 30.',
        evidence: [odd],
      })
    }
    const silent = answers.find((answer) => linesOf(answer).length === 0)
    if (silent !== undefined) {
      return fail({
        message: `An answer of ${silent.response.status} does not say when to come back (Retry-After; RFC 6585 §4, RFC 9110 §15.6.4): clients guess, and come back at once or together.`,
        fix: 'Send Retry-After with 429 and 503.',
        evidence: [silent],
        level: 'note',
      })
    }
    return pass(...answers)
  },
}

function linesOf(answer: Answer): readonly string[] {
  return headerValues(answer, 'retry-after')
}
