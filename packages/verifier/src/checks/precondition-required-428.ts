import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { headerValues } from '../exchange/header-values.ts'
import { accepted } from '../experiments/attempt.ts'
import { created } from '../experiments/created.ts'
import { withoutCondition } from '../experiments/without-condition.ts'
import type { Check } from './check.ts'

/** Whoever is refused for a condition that is not there has to be told which one. */
export const preconditionRequired428: Check = {
  id: 'precondition-required-428',
  group: 'conditional requests',
  title: 'A PUT that lacks a required condition is answered with 428, which says how to send it',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 6585 §3; Zalando #150; OData 4.01 §11.4.1.1',
  methods: ['PUT'],
  async run(ask) {
    const attempt = await ask(created)
    const unconditional = await ask(withoutCondition)
    if (unconditional === undefined || accepted(unconditional)) return skip('it creates without a condition')
    const { answer, status } = unconditional
    if (status === 412) {
      return fail({
        message: `A PUT without any condition answered 412, and with If-None-Match: * ${attempt.status}. 412 says that a condition was evaluated and is false; 428 says that one is required (RFC 6585 §3).`,
        fix: 'Answer 428 (Precondition Required) and name the header that is missing.',
        evidence: [unconditional, attempt],
        level: 'note',
      })
    }
    if (status !== 428) return skip(`without If-None-Match it is answered with ${status}`)
    const said = [answer.response.body, ...headerValues(answer, 'link')].join('\n')
    if (/if-?none-?match|if-?match|condition/i.test(said)) return pass(unconditional, attempt)
    return fail({
      message: `A PUT without a condition answered 428, and does not say which one is required: ${quote(answer.response.body)}. RFC 6585 §3: such answers SHOULD explain how to resubmit the request successfully.`,
      fix: 'Say in the answer that the request needs If-None-Match: * to create, and If-Match to replace.',
      evidence: [unconditional, attempt],
    })
  },
}
