import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import { nameParameterOf } from '../target/own-id.ts'
import type { Attempt } from './attempt.ts'
import { parseJson } from './json-node.ts'
import { locationEnd } from './location-end.ts'
import type { Operation } from './operation.ts'
import { identifierOf, unwrap } from './resource.ts'

/** Reads off an answer to a create what the checks judge by. */
export function readAttempt(
  answer: Answer,
  sent: Pick<Attempt, 'body' | 'marks' | 'key' | 'name'>,
  operation: Operation,
): Attempt {
  const { creation } = operation
  const json = parseJson(answer.response.body)
  const resource = unwrap(json, creation)
  const shown =
    resource === undefined
      ? undefined
      : identifierOf(resource, creation, sent.name ?? locationEnd(headerValues(answer, 'location')[0]))
  // What a PUT creates has the name that the client gave it, whether the answer repeats it or not.
  const parameter = nameParameterOf(creation)?.name
  const id =
    shown ?? (sent.name === undefined || parameter === undefined ? undefined : { member: parameter, value: sent.name })
  return {
    answer,
    status: answer.response.status,
    ...sent,
    locations: headerValues(answer, 'location'),
    ...(json === undefined ? {} : { json }),
    ...(resource === undefined ? {} : { resource }),
    ...(id === undefined ? {} : { id }),
  }
}
