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
  return node
}

/** The member of a resource that holds its identifier, whatever the target calls it. */
export function identifierOf(node: JsonObject, creation: Creation): Identifier | undefined {
  const name = resourceName(creation.path)
  const wanted = [
    creation.read?.idParameter,
    'id',
    '_id',
    '@id',
    `${name}id`,
    'uuid',
    'guid',
    'uid',
    'key',
    'slug',
    'code',
    'number',
  ]
  const byPlainName = new Map(Object.keys(node).map((member) => [member.toLowerCase().replace(/[_-]/g, ''), member]))
  for (const want of wanted) {
    const member = want === undefined ? undefined : byPlainName.get(want.toLowerCase().replace(/[_-]/g, ''))
    const value = member === undefined ? undefined : node[member]
    if (member !== undefined && (typeof value === 'string' || typeof value === 'number') && value !== '') {
      return { member, value: String(value) }
    }
  }
  return undefined
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
