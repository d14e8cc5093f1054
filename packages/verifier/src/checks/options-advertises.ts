import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { isAnswer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { optionsAnswer } from '../experiments/options-answer.ts'
import type { Check } from './check.ts'

/** Who asks what can be done here is told the truth. */
export const optionsAdvertises: Check = {
  id: 'options-advertises',
  group: 'media types and methods',
  title: 'Where OPTIONS lists methods, the one that creates is among them',
  level: 'note',
  basis: 'standard',
  source: 'RFC 9110 §9.3.7, §10.2.1',
  async run(ask, { creation }) {
    const exchange = await ask(optionsAnswer)
    if (!isAnswer(exchange)) return inconclusive('OPTIONS is not answered', exchange)
    const { status } = exchange.response
    if (status > 299) return skip(`OPTIONS answers ${status}`)
    const allow = headerValues(exchange, 'allow').join(',')
    if (allow.trim() === '') return skip('the answer to OPTIONS has no Allow')
    const methods = allow.split(',').map((one) => one.trim().toUpperCase())
    if (methods.includes(creation.method)) return pass(exchange)
    return fail({
      message: `Allow in the answer to OPTIONS is ${quote(allow)} and lacks ${creation.method}, which the URL supports.`,
      fix: 'Make Allow from the routes that there are.',
      evidence: [exchange],
    })
  },
}
