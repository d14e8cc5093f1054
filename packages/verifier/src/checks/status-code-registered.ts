import { quote } from '../evidence/quote.ts'
import { fail, pass } from '../evidence/verdict.ts'
import type { Answer } from '../exchange/exchange.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import { allAnswers } from '../experiments/all-answers.ts'
import { isObject, parseJson } from '../experiments/json-node.ts'
import type { Check } from './check.ts'

// The IANA registry of HTTP status codes, final ones; 306 and 418 are reserved and not in use.
const registered = new Set([
  200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404,
  405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
  500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
])

/** The status means what HTTP says it means, and the body does not say the opposite. */
export const statusCodeRegistered: Check = {
  id: 'status-code-registered',
  group: 'success',
  title: 'Status codes are registered ones, and bodies agree with them',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9205 §4.6, §3.1; Zalando #243, #220',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const answers = await ask(allAnswers)
    const odd = answers.find(({ answer }) => !registered.has(answer.response.status))
    if (odd !== undefined) {
      return fail({
        message: `The answer to ${odd.to} has status ${odd.answer.response.status}, which is not registered: generic clients and gateways cannot know what it means (RFC 9205 §4.6).`,
        fix: 'Use a registered code, and say the rest in a problem document.',
        evidence: [odd.answer],
      })
    }
    const contradiction = answers.find(({ answer }) => saysFailure(answer))
    if (contradiction !== undefined) {
      const { answer, to } = contradiction
      return fail({
        message: `The answer to ${to} has status ${answer.response.status} and a body that reports a failure: ${quote(answer.response.body)}.`,
        fix: 'Answer failures with 4xx or 5xx.',
        evidence: [answer],
      })
    }
    return pass(...answers.slice(0, 1).map(({ answer }) => answer))
  },
}

function saysFailure(answer: Answer): boolean {
  const { status, body } = answer.response
  if (status < 200 || status > 299) return false
  if (mediaTypeOf(answer) === 'application/problem+json') return true
  const json = parseJson(body)
  if (!isObject(json)) return false
  if (json['success'] === false || json['ok'] === false) return true
  // A resource may well have a member called error; an envelope that holds nothing else reports one.
  const { error, errors } = json
  const told =
    (typeof error === 'string' && error !== '') || isObject(error) || (Array.isArray(errors) && errors.length > 0)
  return (
    told &&
    Object.keys(json).every(
      (name) =>
        /^(error|errors|message|code|status|success|data|detail|timestamp|path)$/.test(name) &&
        (name !== 'data' || json[name] === null),
    )
  )
}
