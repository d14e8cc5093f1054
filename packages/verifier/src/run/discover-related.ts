import { type Attempt, accepted } from '../experiments/attempt.ts'
import { footingOf } from '../experiments/created.ts'
import { findItems } from '../experiments/find-items.ts'
import { parseJson } from '../experiments/json-node.ts'
import type { Lab } from '../experiments/lab.ts'
import type { Ledger } from '../experiments/ledger.ts'
import { recordMade } from '../experiments/record-made.ts'
import { type Identifier, identifierOf, unwrap } from '../experiments/resource.ts'
import { naturalKeyOf } from '../target/find-natural-key.ts'
import { nameParameterOf } from '../target/own-id.ts'
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
  if (footing.attempt.name !== undefined) return await discoverNamed(lab, footing.attempt, ledger)
  const id = footing.attempt.id ?? keyAsId(footing.attempt, creation)
  const { origin, pathname } = new URL(lab.recipe.url)
  const collection = pathname.replace(/\/$/, '')
  const listAnswer = await lab.get(origin + pathname)
  const isList = listAnswer.response.status === 200 && findItems(parseJson(listAnswer.response.body)) !== undefined
  // Named after the member that holds it, by which everything else that is read will be recognised.
  const name = id?.member ?? 'id'
  const parameters = [{ name, in: 'path', required: true, schema: { type: 'string' } }] as const
  const related = { path: `${collection}/{${name}}`, parameters, responses: {}, idParameter: name } as const
  const read = { method: 'GET', ...related } as const
  const known: Creation = {
    ...creation,
    ...(isList ? { list: { method: 'GET', path: pathname, parameters: [], responses: {} } } : {}),
    ...(id !== undefined &&
    (await isReadAt(lab, { ...creation, read }, `${origin}${collection}/${encodeURIComponent(id.value)}`, id.value))
      ? { read, remove: { method: 'DELETE', ...related } }
      : {}),
  }
  recordMade(
    { ...footing.attempt, ...(id !== undefined && { id }) },
    { ...lab.operation, creation: known },
    lab.parents,
    ledger,
  )
  return known
}

/** What a PUT creates is read and deleted where it was put, and listed above that. */
async function discoverNamed(lab: Lab, attempt: Attempt, ledger: Ledger): Promise<Creation> {
  const { creation, target } = lab.operation
  const idParameter = nameParameterOf(creation)?.name
  if (idParameter === undefined) return creation
  const folder = creation.path.replace(/\/[^/]*$/, '')
  const parameters = creation.parameters.filter((one) => one.in === 'path')
  const related = { path: creation.path, parameters, responses: {}, idParameter } as const
  const answer = await lab.get(attempt.answer.request.url)
  const list = folder === '' ? undefined : await lab.get(target.baseUrl + folder)
  const isList = list?.response.status === 200 && findItems(parseJson(list.response.body)) !== undefined
  const known: Creation = {
    ...creation,
    ...(isList ? { list: { method: 'GET', path: folder, parameters: [], responses: {} } } : {}),
    ...(answer.response.status === 200
      ? { read: { method: 'GET', ...related }, remove: { method: 'DELETE', ...related } }
      : {}),
  }
  recordMade(attempt, { ...lab.operation, creation: known }, lab.parents, ledger)
  return known
}

/** What has no id of its own is often found by the one member that is declared unique. */
function keyAsId({ resource }: Attempt, creation: Creation): Identifier | undefined {
  const [member, ...more] = naturalKeyOf(creation)
  const value = member === undefined || more.length > 0 ? undefined : resource?.[member]
  return typeof value === 'string' && value !== '' ? { member: member as string, value } : undefined
}

async function isReadAt(lab: Lab, creation: Creation, url: string, id: string): Promise<boolean> {
  const answer = await lab.get(url)
  const resource = unwrap(parseJson(answer.response.body), creation)
  return answer.response.status === 200 && resource !== undefined && identifierOf(resource, creation)?.value === id
}
