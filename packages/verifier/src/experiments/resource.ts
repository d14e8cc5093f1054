import type { Creation } from '../target/target.ts'
import { isObject, type JsonObject } from './json-node.ts'

/** The member that names a resource, and its value as text. */
export interface Identifier {
  readonly member: string
  readonly value: string
}

const envelopes = ['data', 'result', 'results', 'item', 'resource', 'record', 'payload', 'content', 'entity', 'object']

/** The singular of the last fixed segment of a path: `/v1/books` → `book`. */
export function resourceName(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'))
  const last = (segments.at(-1) ?? '').toLowerCase()
  if (last.endsWith('ies')) return `${last.slice(0, -3)}y`
  return last.endsWith('ses') || last.endsWith('xes') ? last.slice(0, -2) : last.replace(/s$/, '')
}

/** The object within an answer that is the resource: the answer itself, or what an envelope holds. */
export function unwrap(json: unknown, creation: Creation): JsonObject | undefined {
  if (!isObject(json)) return undefined
  let node: JsonObject = json
  const names = [...envelopes, resourceName(creation.path)]
  for (let depth = 0; depth < 3 && identifierOf(node, creation) === undefined; depth++) {
    const inner = Object.entries(node).filter(([name, value]) => names.includes(name.toLowerCase()) && isObject(value))
    if (inner.length !== 1) break
    node = inner[0]?.[1] as JsonObject
  }
  return onlyOne(node, creation) ?? node
}

/** The one object, or that of the one list, in an answer that shows nothing else of what was sent: `{"rows":[{"id":7}]}`. */
function onlyOne(node: JsonObject, creation: Creation): JsonObject | undefined {
  if (identifierOf(node, creation) !== undefined) return undefined
  const sent = creation.body?.schema['properties']
  const names = isObject(sent) ? Object.keys(sent) : []
  const shown = Object.entries(node).filter(([, value]) => typeof value === 'object' && value !== null)
  if (shown.length !== 1 || names.some((name) => name in node)) return undefined
  const [held] = shown.map(([, value]) => (Array.isArray(value) && value.length === 1 ? value[0] : value))
  return isObject(held) && identifierOf(held, creation) !== undefined ? held : undefined
}

/**
 * The member of a resource that holds its identifier, whatever the target calls it: what Location ends with, else
 * what the read operation or custom calls an id, else the one member that looks like an id and was not sent.
 *
 * @param locationEnd - the last segment of the answer's Location.
 */
export function identifierOf(node: JsonObject, creation: Creation, locationEnd?: string): Identifier | undefined {
  const named = byUsualName(node, creation) ?? byLooks(node, creation) ?? byUrl(node, creation)
  if (locationEnd === undefined || named?.value === locationEnd) return named
  // A Location that names the collection itself; what repeats that name is a type (JSON:API), no id.
  if (creation.path.endsWith(`/${locationEnd}`)) return named
  const member = Object.keys(node).find((name) => node[name] === locationEnd)
  if (member !== undefined) return { member, value: locationEnd }
  // What the client calls it is no name for it where Location calls it otherwise.
  return isOwnWord(named, creation) ? byUrl(node, creation) : named
}

// What people call things, and what may be the same for two of them.
const words = ['key', 'slug', 'code']

function isOwnWord(named: Identifier | undefined, { body, read }: Creation): boolean {
  if (named === undefined || named.member === read?.idParameter || !words.includes(bare(named.member))) return false
  const sent = body?.schema['properties']
  return isObject(sent) && named.member in sent
}

function byUsualName(node: JsonObject, creation: Creation): Identifier | undefined {
  const own = `${resourceName(creation.path)}id`
  const wanted = [creation.read?.idParameter, 'id', '_id', '@id', own, 'uuid', 'guid', 'uid', ...words]
  const byName = new Map(Object.keys(node).map((member) => [bare(member), member]))
  for (const want of wanted) {
    const member = want === undefined ? undefined : byName.get(bare(want))
    if (want === 'code' && isOutcome(node)) continue
    const found = member === undefined ? undefined : identifierAt(node, member)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a `code` says how the request went: it stands beside a message, or beside the envelope of what it is about. */
function isOutcome(node: JsonObject): boolean {
  return Object.entries(node).some(
    ([name, value]) =>
      ['message', 'msg'].includes(bare(name)) || (envelopes.includes(bare(name)) && typeof value === 'object'),
  )
}

function byLooks(node: JsonObject, creation: Creation): Identifier | undefined {
  const properties = creation.body?.schema['properties']
  const sent = isObject(properties) ? Object.keys(properties) : []
  const parents = creation.parents.map(({ parameter }) => bare(parameter))
  const candidates = Object.keys(node).filter(
    (name) => /(?:^|[_-])id$|[a-z]I[dD]$/.test(name) && !sent.includes(name) && !parents.includes(bare(name)),
  )
  return candidates.length === 1 ? identifierAt(node, candidates[0] ?? '') : undefined
}

/** Some name a resource by its URL alone: one below the collection is no link to something else. */
function byUrl(node: JsonObject, creation: Creation): Identifier | undefined {
  const collection = creation.path.split('/').findLast((segment) => segment !== '' && !segment.startsWith('{'))
  const isOwn = (value: unknown) => typeof value === 'string' && value.split('/').at(-2) === collection
  const member = ['url', 'href', 'uri', 'self'].find((name) => isOwn(node[name]))
  return member === undefined ? undefined : identifierAt(node, member)
}

function identifierAt(node: JsonObject, member: string): Identifier | undefined {
  const value = node[member]
  const usable = (typeof value === 'string' && value !== '') || typeof value === 'number'
  return usable ? { member, value: String(value) } : undefined
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}

/** The link of a resource to itself, as it stands in the answer. */
export function selfLink(json: unknown, resource: JsonObject): string | undefined {
  for (const node of [resource, json]) {
    if (!isObject(node)) continue
    for (const links of [node['links'], node['_links'], node]) {
      if (!isObject(links)) continue
      const self = links['self'] ?? (links === node ? links['href'] : undefined)
      if (typeof self === 'string') return self
      if (isObject(self) && typeof self['href'] === 'string') return self['href']
    }
  }
  return undefined
}
