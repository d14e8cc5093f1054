import { type Answer, isAnswer } from '../exchange/exchange.ts'
import { fillPath } from '../experiments/fill-path.ts'
import { findItems } from '../experiments/find-items.ts'
import { parseJson } from '../experiments/json-node.ts'
import { requiredQuery } from '../experiments/required-parameters.ts'
import { identifierOf, unwrap } from '../experiments/resource.ts'
import type { Client } from '../http/client.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import type { Creation, Target } from '../target/target.ts'

/** What a collection answers, and the id of the first resource in it. */
export interface Listed {
  readonly answer?: Answer
  readonly id?: string
}

/** Reads the collection that a creation adds to. */
export async function firstId(
  client: Client,
  target: Target,
  creation: Creation,
  parents: Readonly<Record<string, string>>,
): Promise<Listed> {
  const { list } = creation
  const filled = list === undefined ? undefined : fillPath(list.path, parents, list.parameters)
  if (list === undefined || filled?.kind !== 'filled') return {}
  const url = baseUrlOf(target, list) + filled.path + requiredQuery(list.parameters)
  const answer = await client.send({ method: 'GET', url })
  if (!isAnswer(answer)) return {}
  const [item] = (answer.response.status === 200 && findItems(parseJson(answer.response.body))) || []
  const resource = unwrap(item, creation)
  const id = resource === undefined ? undefined : identifierOf(resource, creation)?.value
  return { answer, ...(id === undefined ? {} : { id }) }
}
