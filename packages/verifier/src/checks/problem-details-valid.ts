import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import { allAnswers, type NamedAnswer } from '../experiments/all-answers.ts'
import { isObject, parseJson } from '../experiments/json-node.ts'
import type { Check } from './check.ts'

/** Errors that programs can read, in the one format that is a standard. */
export const problemDetailsValid: Check = {
  id: 'problem-details-valid',
  group: 'errors',
  title: 'Errors are valid problem details',
  level: 'warning',
  basis: 'guideline',
  source: 'RFC 9457 §3, §3.1; Zalando #176',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const errors = (await ask(allAnswers)).filter(({ answer }) => answer.response.status >= 400)
    if (errors.length === 0) return inconclusive('no error was seen')
    const broken = errors.flatMap((one) => faultsOf(one).map((fault) => ({ one, fault })))
    if (broken.length > 0) {
      return fail({
        message: `A problem document breaks RFC 9457: ${listed(broken.slice(0, 3).map(({ one, fault }) => `${fault} (answer to ${one.to})`))}.`,
        fix: 'Make problem documents in one place, with the status taken from the answer itself.',
        evidence: broken.map(({ one }) => one.answer),
      })
    }
    const unreadable = errors.filter(
      ({ answer: { response } }) => response.body !== '' && parseJson(response.body) === undefined,
    )
    if (unreadable.length > 0) {
      return fail({
        message: `${unreadable.length} of ${errors.length} errors have no content that a program can read (${listed(unreadable.slice(0, 3).map(shown))}). RFC 9457 defines application/problem+json for errors.`,
        fix: 'Answer errors as application/problem+json, also those that the framework makes (404, 405, 400 of the parser).',
        evidence: unreadable.map(({ answer }) => answer),
      })
    }
    const own = errors.filter(({ answer }) => mediaTypeOf(answer) !== 'application/problem+json')
    if (own.length === 0) return pass(...errors.map(({ answer }) => answer))
    return fail({
      message: `${own.length} of ${errors.length} errors are empty or in a format of their own (${listed(own.slice(0, 3).map(shown))}), not application/problem+json (RFC 9457).`,
      fix: 'Answer errors as application/problem+json with type, title, status and detail.',
      evidence: own.map(({ answer }) => answer),
      // Legal, as long as programs can read it; the status alone is enough for some.
      level: 'note',
    })
  },
}

const textMembers = ['type', 'title', 'detail', 'instance']

function faultsOf({ answer }: NamedAnswer): string[] {
  if (mediaTypeOf(answer) !== 'application/problem+json') return []
  const json = parseJson(answer.response.body)
  if (!isObject(json)) return ['the content is no JSON object']
  const faults = textMembers
    .filter((name) => json[name] !== undefined && typeof json[name] !== 'string')
    .map((name) => `${name} is no text`)
  if (json['status'] !== undefined && json['status'] !== answer.response.status) {
    faults.push(`status is ${JSON.stringify(json['status'])} in an answer with status ${answer.response.status}`)
  }
  const { type } = json
  if (typeof type === 'string' && !URL.canParse(type, answer.request.url)) faults.push('type is no URI reference')
  return faults
}

function shown({ answer, to }: NamedAnswer): string {
  const type = mediaTypeOf(answer)
  return `${answer.response.status} to ${to}: ${type === '' ? 'no media type' : type}`
}
