import type { JsonSchema } from '@createonce/verifier/document'
import { isEnvelopeValue } from './envelope-value.ts'
import { namesOf } from './fit.ts'
import { isLink } from './link-value.ts'
import { branchesOf, flat, isRecord, propertiesOf, type Rooted, typesOf } from './rooted.ts'
import { plain, plainSingular } from './spelling.ts'

/** What tells a resource in a body. */
export interface ResourceHints {
  /** The members of the input. */
  readonly members: readonly string[]
  /** The path parameter that names one. */
  readonly idParameter: string
  /** In the singular: `order`. */
  readonly noun: string
  /** Whether the operation answers one or a list. */
  readonly wanted: 'one' | 'list'
}

/** Where a response schema has the resource. */
export type FoundResource =
  | ({
      /** `one`: an object; `list`: an array of them, also where one is asked for; `id`: nothing but its id. */
      readonly kind: 'one' | 'list' | 'id'
      /** The names of members from the root. */
      readonly path: readonly string[]
      /** Whether the members lie in `attributes`, beside `type` and `id` (JSON:API 1.1 §7.2). */
      readonly inAttributes: boolean
      /** `schema` is that of the members of one resource; for `id`, of the id. */
    } & Rooted)
  /** No content is declared. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'unservable'; readonly why: string }

// Spring's pages and HAL have theirs two levels down; deeper are other things.
const MAX_DEPTH = 4
const ENVELOPES = new Set(
  'data result item payload body response value object entity resource record content embedded results items records values rows entries list elements hits objects'.split(
    ' ',
  ),
)

const PARTS = new Set(['content', 'value', 'body', 'object', 'entity'])

/** Finds where the resource, or the list of them, is in what an operation answers. `undefined` is no content. */
export function findResource(schema: JsonSchema | undefined, hints: ResourceHints): FoundResource {
  if (schema === undefined) return { kind: 'empty' }
  const places: Place[] = []
  look(schema, schema, [], hints, places, 0, true)
  const best = places.reduce<Place | undefined>((a, b) => (a === undefined || b.score > a.score ? b : a), undefined)
  if (best !== undefined) {
    const { kind, path, inAttributes } = best
    return { kind, path, inAttributes, schema: best.schema, root: schema }
  }
  const s = flat(schema, schema)
  const types = typesOf(s)
  // Any object is allowed: then one that says what it holds.
  const isOpen = types.includes('object') && namesOf(s, schema).length === 0 && s['additionalProperties'] !== false
  if (hints.wanted === 'list' && isOpen)
    return { kind: 'list', path: ['items'], inAttributes: false, schema: {}, root: schema }
  if (hints.wanted === 'list')
    return { kind: 'unservable', why: `its answer has no list (${types.join(' or ') || 'nothing'} is declared)` }
  return { kind: 'unservable', why: `its answer is no object, no list and no id (${types.join(' or ')} is declared)` }
}

interface Place extends Rooted {
  readonly kind: 'one' | 'list' | 'id'
  readonly path: readonly string[]
  readonly inAttributes: boolean
  readonly score: number
}

function look(
  part: unknown,
  root: JsonSchema,
  path: readonly string[],
  hints: ResourceHints,
  places: Place[],
  depth: number,
  isNamed: boolean,
): void {
  const s = flat(part, root)
  const types = typesOf(s)
  const branches = branchesOf(s)
  const add = (kind: Place['kind'], schema: JsonSchema, score: number, inAttributes = false) => {
    const isRight = kind === hints.wanted ? 3 : 0
    places.push({ kind, path, inAttributes, schema, root, score: score + isRight + (isNamed ? 1 : 0) - depth * 0.5 })
  }
  if (types.includes('array')) {
    const items = flat(s['items'] ?? {}, root)
    const { score, inAttributes, members } = likeness(items, root, hints)
    if (depth === 0 || isNamed || score > 0) add('list', members, score, inAttributes)
    return
  }
  // What says nothing about itself is anything that is asked for.
  if (types.length === 0 && branches.length === 0) {
    if (depth === 0 || isNamed) add(hints.wanted, hints.wanted === 'one' ? s : {}, 0)
    return
  }
  const isObject = types.includes('object') || branches.length > 0
  if (!isObject) {
    const isId = types.some((type) => type === 'integer' || type === 'string' || type === 'number')
    if (depth === 0 && isId && s['format'] !== 'binary' && hints.wanted === 'one') add('id', s, 0)
    return
  }
  const { score, inAttributes, members } = likeness(s, root, hints)
  if (hints.wanted === 'one')
    add('one', members, score - (score === 0 && isOnlyEnvelope(s, root) ? 1 : 0), inAttributes)
  if (depth >= MAX_DEPTH) return
  const hasId = namesOf(s, root).some(([name]) => name === 'id')
  for (const [name, member] of namesOf(s, root)) {
    // What has an id is the thing, and this a part of it: the content of a page, the value of a setting.
    if (hasId && PARTS.has(plain(name))) continue
    // A member of the input is a part of the resource, and no envelope of it.
    if (hints.members.includes(name) && score > 1) continue
    if (isLink(name, member)) continue
    const isEnvelope = ENVELOPES.has(plain(name)) || plainSingular(name) === plainSingular(hints.noun)
    look(member, root, [...path, name], hints, places, depth + 1, isEnvelope)
  }
  for (const branch of branches) {
    const inner = flat(branch, root)
    if (typesOf(inner).includes('array')) look(inner, root, path, hints, places, depth, isNamed)
  }
}

/** Whether an object has nothing but one object by a name of envelopes, and what envelopes have beside it. */
function isOnlyEnvelope(s: JsonSchema, root: JsonSchema): boolean {
  const others = namesOf(s, root).filter(([name, member]) => !isEnvelopeValue(name, member))
  return (
    others.length === 1 &&
    others.every(([name, member]) => ENVELOPES.has(plain(name)) && propertiesOf(member).length > 0)
  )
}

/** How much a schema looks like the resource: the members that it has in common with the input, and an id. */
function likeness(s: JsonSchema, root: JsonSchema, hints: ResourceHints) {
  const names = namesOf(s, root)
  const own = overlap(names, hints)
  const attributes = names.find(([name]) => name === 'attributes')?.[1]
  if (attributes !== undefined && !hints.members.includes('attributes') && isRecord(attributes['properties'])) {
    const within = overlap(namesOf(attributes, root), hints)
    if (within >= own && names.some(([name]) => name === 'id'))
      return { score: within + 2, inAttributes: true, members: attributes }
  }
  return { score: own, inAttributes: false, members: s }
}

function overlap(names: readonly (readonly [string, JsonSchema])[], { members, idParameter, noun }: ResourceHints) {
  const known = new Set(members.map(plain))
  const ids = new Set(['id', 'uuid', plain(idParameter), `${plain(noun)}id`])
  // A `data` that holds what has an id is an envelope, also where a `data` is sent.
  const isEnvelope = (name: string, s: JsonSchema) =>
    ENVELOPES.has(name) && propertiesOf(s).some(([inner]) => ids.has(plain(inner)))
  const shared = new Set(
    names.flatMap(([name, s]) => (known.has(plain(name)) && !isEnvelope(plain(name), s) ? [plain(name)] : [])),
  )
  const hasId = names.some(([name]) => ids.has(plain(name)))
  return Math.min(shared.size, 10) + (hasId ? 1 : 0)
}
