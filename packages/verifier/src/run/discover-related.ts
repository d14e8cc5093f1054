import { accepted } from '../experiments/attempt.ts'
import { footingOf } from '../experiments/created.ts'
import { findItems } from '../experiments/find-items.ts'
import { parseJson } from '../experiments/json-node.ts'
import type { Lab } from '../experiments/lab.ts'
import type { Ledger } from '../experiments/ledger.ts'
import { recordMade } from '../experiments/record-made.ts'
import { identifierOf, unwrap } from '../experiments/resource.ts'
import type { Creation } from '../target/target.ts'

/**
 * Finds out how to list, read and delete what an example request creates, which no document tells: by the convention
 * that the collection is listed where it is added to, and its items are below it. Only what answers as expected is
 * believed; without any of it the verifier would be blind.
 */
export async function discoverRelated(lab: Lab, ledger: Ledger): Promise<Creation> {
  const { creation } = lab.operation
  const footing = await lab.ask(footingOf)
  if (footing.kind === 'impossible' || !accepted(footing.attempt)) return creation
  const { id } = footing.attempt
  const { origin, pathname } = new URL(lab.recipe.url)
  const collection = pathname.replace(/\/$/, '')
  const listAnswer = await lab.get(origin + pathname)
  const isList = listAnswer.response.status === 200 && findItems(parseJson(listAnswer.response.body)) !== undefined
  const item = `${collection}/{id}`
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] as const
  const related = { path: item, parameters, responses: {}, idParameter: 'id' } as const
  const known: Creation = {
    ...creation,
    ...(isList ? { list: { method: 'GET', path: pathname, parameters: [], responses: {} } } : {}),
    ...(id !== undefined && (await isReadAt(lab, `${origin}${collection}/${encodeURIComponent(id.value)}`, id.value))
      ? { read: { method: 'GET', ...related }, remove: { method: 'DELETE', ...related } }
      : {}),
  }
  recordMade(footing.attempt, { ...lab.operation, creation: known }, lab.parents, ledger)
  return known
}

async function isReadAt(lab: Lab, url: string, id: string): Promise<boolean> {
  const answer = await lab.get(url)
  const resource = unwrap(parseJson(answer.response.body), lab.operation.creation)
  return (
    answer.response.status === 200 &&
    resource !== undefined &&
    identifierOf(resource, lab.operation.creation)?.value === id
  )
}
