import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { isAnswer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { otherMethod } from '../experiments/other-method.ts'
import type { Check } from './check.ts'

/** A method that the collection does not know is named as the reason, along with those it knows. */
export const method405Allow: Check = {
  id: 'method-405-allow',
  group: 'media types and methods',
  title: 'An unsupported method is answered with 405 and Allow',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §15.5.6, §10.2.1, §9.1',
  async run(ask, operation) {
    const exchange = await ask(otherMethod)
    const { method } = exchange.request
    if (!isAnswer(exchange))
      return inconclusive(`${method} on the collection is not answered: ${exchange.failure?.detail}`, exchange)
    const { status } = exchange.response
    if (status < 400) return skip(`the collection supports ${method} (${status})`)
    if (status === 501) return pass(exchange)
    if ([400, 401, 403, 415, 422, 429].includes(status)) {
      return inconclusive(
        `${method} on the collection answers ${status}, which does not tell whether the method is supported`,
        exchange,
      )
    }
    // A run that only reads has not seen a create: who may not call it is perhaps told about less.
    if (status !== 405 && method === 'OPTIONS')
      return inconclusive(`OPTIONS on the collection answers ${status}`, exchange)
    if (status !== 405) {
      return fail({
        message: `${method} on ${exchange.request.url} answers ${status}. The URL exists and does not support the method: RFC 9110 §9.1 asks for 405.`,
        fix: 'Answer 405 with Allow for every method that a known path has no handler for.',
        evidence: [exchange],
        level: 'warning',
      })
    }
    const allow = headerValues(exchange, 'allow')
    const methods = allow
      .join(',')
      .split(',')
      .map((one) => one.trim().toUpperCase())
    if (allow.length === 0) {
      return fail({
        message: 'The 405 answer has no Allow. RFC 9110 §15.5.6: the origin server MUST generate one.',
        fix: 'List the methods that the path supports in Allow.',
        evidence: [exchange],
      })
    }
    if (!methods.includes(operation.creation.method)) {
      if (method === 'OPTIONS') return inconclusive('Allow lacks the create, which was not tried', exchange)
      return fail({
        message: `Allow in the 405 answer is ${quote(allow.join(', '))} and lacks ${operation.creation.method}, which the URL supports.`,
        fix: 'Make Allow from the routes, so that it cannot disagree with them.',
        evidence: [exchange],
      })
    }
    return pass(exchange)
  },
}
