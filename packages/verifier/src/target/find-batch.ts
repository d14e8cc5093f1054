import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import type { Operation } from './list-operations.ts'
import { type PathShape, pathShape } from './path-shape.ts'
import type { RelatedOperations } from './related-operations.ts'
import type { RequestBody } from './request-body.ts'
import type { Creation, JsonSchema } from './target.ts'
import { wordsOf } from './words.ts'

/** How an operation takes several things at once. */
export type Batch = NonNullable<Creation['batch']>

const several = new Set(['batch', 'bulk', 'many', 'multiple', 'mass', 'array', 'list', 'all'])
const creating = new Set(['create', 'add', 'insert', 'new', 'register', 'post', 'save', 'store'])
const between = new Set(['with', 'by', 'of', 'from', 'in'])
// Members that hold the items of a batch; another list in a body belongs to the one thing.
const holders = new Set([
  'items',
  'requests',
  'data',
  'entries',
  'records',
  'resources',
  'batch',
  'objects',
  'elements',
])

/**
 * Finds out whether a POST creates several things by one request: a list posted to a collection, or a list (bare, or
 * the one in an envelope) posted to `things:batchCreate`, `things/bulk` and the like. A batch of anything else than
 * creations is none; where the name does not say what is done, the items have to look like what is created one by one.
 *
 * @param relatedTo - how what is created at a path is listed and read.
 * @param single - the body that creates one thing at a path, where the document has such an operation.
 */
export function findBatch(
  operation: Operation,
  body: RequestBody,
  relatedTo: (shape: PathShape) => RelatedOperations,
  single: (shape: PathShape) => JsonSchema | undefined,
): Batch | undefined {
  if (operation.method !== 'POST' || body.kind !== 'json') return undefined
  const named = nameOf(operation.path)
  const shape = pathShape(operation.path)
  if (shape.trailing !== undefined) return undefined
  const root = body.body.schema
  const list = listIn(root, named === undefined ? undefined : pathShape(named.collection).noun)
  if (list === undefined) return undefined
  const item = { ...body.body, schema: list.item, examples: [] }
  if (named === undefined) {
    const says = operation.statuses.includes('201') || operation.statuses.includes('207')
    const { read, list: all } = relatedTo(shape)
    // A list of roles that is posted to a user assigns them; what is created can be listed and read.
    const isOwn = list.pointer === '' && says && read !== undefined && all !== undefined
    return isOwn ? { pointer: '', collection: operation.path, item } : undefined
  }
  const folder = pathShape(named.collection)
  const one = single(folder)
  const isKnown = Object.keys(relatedTo(folder)).length > 0
  if (named.creates ? one === undefined && !isKnown : one === undefined || !isLike(list.item, one)) return undefined
  return { pointer: list.pointer, collection: named.collection, item }
}

/** Whether a POST is named after several creations and takes a list of some kind: what creates one is named otherwise. */
export function seemsBatch(operation: Operation, body: RequestBody): boolean {
  if (body.kind !== 'json' || nameOf(operation.path)?.creates !== true) return false
  const root = body.body.schema
  const properties = Object.values(propertiesOf(root, root))
  return properties.some((schema) => itemOf(effectiveSchema(schema, root), root) !== undefined)
}

/** `/things:batchCreate`, `/things/bulk`, `/things/createWithList`: the collection, and whether the name says "create". */
function nameOf(path: string): { readonly collection: string; readonly creates: boolean } | undefined {
  const custom = /^(.+):([a-z]+)$/i.exec(path)
  const last = /^(.+)\/([^/{}:]+)\/?$/.exec(path)
  const [, collection = '', name = ''] = custom ?? last ?? []
  const words = wordsOf(name)
  const known = words.every((word) => several.has(word) || creating.has(word) || between.has(word))
  const creates = words.some((word) => creating.has(word))
  const isSeveral = words.some((word) => several.has(word))
  // `lists` and `all` alone are things or questions.
  const isClear = words.some((word) => word === 'batch' || word === 'bulk') || creates
  return known && isSeveral && isClear ? { collection, creates } : undefined
}

/** The list in a body: the body itself, or the one list of objects that an envelope holds. */
function listIn(root: JsonSchema, noun: string | undefined): { pointer: string; item: JsonSchema } | undefined {
  const whole = effectiveSchema(root, root)
  const own = itemOf(whole, root)
  if (own !== undefined) return { pointer: '', item: own }
  const properties = isRecord(whole['properties']) ? whole['properties'] : {}
  const lists = Object.entries(properties).flatMap(([name, schema]) => {
    const item = itemOf(effectiveSchema(schema, root), root)
    const isHolder = holders.has(name.toLowerCase()) || name.toLowerCase() === noun?.toLowerCase()
    return item !== undefined && isHolder ? [{ pointer: `/${name}`, item }] : []
  })
  return lists.length === 1 && noun !== undefined ? lists[0] : undefined
}

function itemOf(list: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  if (![list['type']].flat().includes('array')) return undefined
  const item = list['items']
  if (!isRecord(item)) return undefined
  const { type, properties } = effectiveSchema(item, root)
  if (![type].flat().includes('object') && !isRecord(properties)) return undefined
  return root['$defs'] === undefined ? item : { ...item, $defs: root['$defs'] }
}

/** Whether an item has most members of what is created one by one, itself or in a member (AIP-233). */
function isLike(item: JsonSchema, one: JsonSchema): boolean {
  const wanted = membersOf(one, one)
  const candidates = [item, ...Object.values(propertiesOf(item, item))]
  return candidates.some((schema) => {
    const members = new Set(membersOf(schema, item))
    const shared = wanted.filter((name) => members.has(name))
    return wanted.length > 0 && shared.length * 2 >= wanted.length
  })
}

function membersOf(schema: unknown, root: JsonSchema): string[] {
  return Object.keys(propertiesOf(schema, root))
}

function propertiesOf(schema: unknown, root: JsonSchema): JsonSchema {
  const { properties } = effectiveSchema(schema, root)
  return isRecord(properties) ? properties : {}
}
