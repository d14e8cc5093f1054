import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import type { Attempt } from './attempt.ts'
import { parseJson } from './json-node.ts'
import { locationEnd } from './location-end.ts'
import type { Operation } from './operation.ts'
import { identifierOf, unwrap } from './resource.ts'

/** Reads off an answer to a create what the checks judge by. */
export function readAttempt(
  answer: Answer,
  sent: Pick<Attempt, 'body' | 'marks' | 'key'>,
  operation: Operation,
): Attempt {
  const { creation } = operation
  const json = parseJson(answer.response.body)
  const resource = unwrap(json, creation)
  const id =
    resource === undefined
      ? undefined
      : identifierOf(resource, creation, locationEnd(headerValues(answer, 'location')[0]))
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
