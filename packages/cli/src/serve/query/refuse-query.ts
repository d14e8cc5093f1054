import type { Operation } from '@createonce/verifier/document'
import { type Problem, unservedProblem } from '../problem.ts'
import { parameterKind } from './parameter-kinds.ts'

/**
 * A query on an operation of one resource: what the document declares and asks for is not served, unless it only chooses how
 * the answer is spelled. What the document does not know is not heard, as everywhere.
 */
export function refuseQuery(query: URLSearchParams, { parameters }: Operation): Problem | undefined {
  for (const name of query.keys()) {
    const declared = parameters.find((one) => one.in === 'query' && one.name === name)
    if (declared === undefined || declared.required || parameterKind(name) === 'harmless') continue
    return unservedProblem(`The query parameter ${JSON.stringify(name.slice(0, 60))} is declared and not served.`)
  }
  return undefined
}
