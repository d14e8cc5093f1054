import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import { allAnswers } from '../experiments/all-answers.ts'
import { isObject, parseJson } from '../experiments/json-node.ts'
import { listAnswer } from '../experiments/list-answer.ts'
import type { Check } from './check.ts'

/** What begins with an array can never be extended by a page, a total or a link. */
export const zalandoObjectAtTop: Check = {
  id: 'zalando-object-at-top',
  guidelines: ['zalando'],
  group: 'representation',
  title: 'Every JSON answer has an object at its top',
  level: 'error',
  basis: 'guideline',
  source: 'Zalando #110 (MUST)',
  async run(ask) {
    const list = await ask(listAnswer)
    const answers = [...(await ask(allAnswers)), ...(list === undefined ? [] : [{ to: 'a list', answer: list }])]
    const json = answers.flatMap(({ to, answer }) => {
      const value = isJson(mediaTypeOf(answer)) ? parseJson(answer.response.body) : undefined
      return value === undefined ? [] : [{ to, answer, value }]
    })
    if (json.length === 0) return inconclusive('no JSON answer was seen')
    const wrong = json.filter(({ value }) => !isObject(value))
    if (wrong.length === 0) return pass(...json.map(({ answer }) => answer))
    return fail({
      message: `The answer to ${listed([...new Set(wrong.map(({ to }) => to))].slice(0, 3))} has ${Array.isArray(wrong[0]?.value) ? 'an array' : 'no object'} at its top. Zalando #110: a response body must always be a JSON object, to leave room for what is added later.`,
      fix: 'Put the list into a member, such as {"items": […]}.',
      evidence: wrong.map(({ answer }) => answer),
    })
  },
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json')
}
