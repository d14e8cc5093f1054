import { jsonApiTypeFault } from '../evidence/json-api.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { allAnswers, type NamedAnswer } from '../experiments/all-answers.ts'
import { isObject, parseJson } from '../experiments/json-node.ts'
import type { Check } from './check.ts'

/** Errors in the one form that every client of JSON:API reads. */
export const jsonApiErrorDocuments: Check = {
  id: 'json-api-error-documents',
  guidelines: ['json-api'],
  group: 'errors',
  title: 'Errors are JSON:API documents with an array of error objects',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Error Objects, Top Level (MUST)',
  async run(ask) {
    const all = (await ask(allAnswers)).filter(({ answer }) => answer.response.status >= 400)
    if (all.length === 0) return inconclusive('no error was seen')
    // An answer without content breaks no rule about documents.
    const errors = all.filter(({ answer }) => answer.response.body !== '')
    const own = errors.filter(({ answer }) => jsonApiTypeFault(answer) === undefined)
    const broken = own.flatMap((one) => faultsOf(one).map((fault) => ({ one, fault })))
    if (broken.length > 0) {
      return fail({
        message: `An error document breaks JSON:API 1.1: ${listed(broken.slice(0, 3).map(({ one, fault }) => `${fault} (answer to ${one.to})`))}.`,
        fix: 'Answer {"errors": [{"status": "422", "title": …, "detail": …, "source": {"pointer": …}}]}, every member but source, links and meta a string.',
        evidence: broken.map(({ one }) => one.answer),
      })
    }
    const others = errors.filter((one) => !own.includes(one))
    if (others.length === 0) return pass(...all.map(({ answer }) => answer))
    const told = others.slice(0, 3).map(({ to, answer }) => {
      return `the type of the ${answer.response.status} to ${to} ${jsonApiTypeFault(answer)}`
    })
    return fail({
      message: `${others.length} of ${all.length} errors are no JSON:API documents (${listed(told)}).`,
      fix: 'Answer errors as application/vnd.api+json with an array of error objects in errors, also those that the framework makes.',
      evidence: others.map(({ answer }) => answer),
      // Some other component may have answered; what the endpoint itself answers is right.
      ...(own.length > 0 ? { level: 'warning' as const } : {}),
    })
  },
}

const textMembers = ['id', 'status', 'code', 'title', 'detail']
const members = [...textMembers, 'links', 'source', 'meta']

function faultsOf({ answer }: NamedAnswer): string[] {
  const document = parseJson(answer.response.body)
  if (!isObject(document)) return ['the content is no JSON object']
  const errors = document['errors']
  if (!Array.isArray(errors)) return ['errors is no array']
  return [
    ...('data' in document ? ['data and errors are in one document'] : []),
    ...errors.flatMap((error: unknown): string[] => {
      if (!isObject(error)) return ['an error is no object']
      if (!members.some((name) => name in error)) return ['an error object has none of its members']
      return textMembers
        .filter((name) => error[name] !== undefined && typeof error[name] !== 'string')
        .map((name) => `${name} of an error is no string`)
    }),
  ]
}
