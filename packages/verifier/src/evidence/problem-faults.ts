import type { Answer } from '../exchange/exchange.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import { isObject, parseJson } from '../experiments/json-node.ts'

const textMembers = ['type', 'title', 'detail', 'instance']

/** What is wrong with an answer that says it is a problem document (RFC 9457 §3.1); nothing with any other. */
export function problemFaults(answer: Answer): string[] {
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
