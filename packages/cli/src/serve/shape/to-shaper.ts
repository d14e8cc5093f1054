import type { State } from '../rows/rows.ts'
import { type Extra, envelopeValue } from './envelope-value.ts'
import type { FoundResource } from './find-resource.ts'
import { fit, namesOf } from './fit.ts'
import { isLink, linkValue } from './link-value.ts'
import { isRecord, type Rooted, typesOf } from './rooted.ts'
import { NONE } from './smallest.ts'

/** One resource, as it is shaped: its row, and where it is. */
export interface Shown {
  readonly id: string
  readonly state: State
  readonly location: string
}

/** Makes the body of an answer; undefined is no body. */
export type Shaper = (resources: readonly Shown[], extra: Extra) => unknown

/** How the id is shown: the member that has it, if any, and its kind. */
export interface ShownId {
  readonly member?: string
  readonly type: 'integer' | 'uuid' | 'text'
}

/** A shaper, or why the schema has no answer. */
export type FoundShaper =
  | { readonly kind: 'shaper'; readonly shape: Shaper }
  | { readonly kind: 'unservable'; readonly why: string }

// What nobody set when the resource was made has no time of its own; the answer has to be the same at each reading.
const EPOCH = { now: new Date(0) }

/**
 * How resources become the body that a response schema declares, within its envelope. What fits nowhere is left out; what is
 * required and unknown is the smallest value. `sample` is a state as it would be kept: where even that has no shape,
 * the operation cannot be served, and `why` names the member.
 */
export function toShaper(found: FoundResource, id: ShownId, noun: string, sample: Shown | undefined): FoundShaper {
  if (found.kind === 'unservable') return found
  if (found.kind === 'empty') return { kind: 'shaper', shape: () => undefined }
  const { root } = found
  const tryShape: Shaper = (resources, extra) => {
    const fitting = {
      root,
      moment: EPOCH,
      missing: (name: string, s: Rooted['schema']) => envelopeValue(name, s, extra),
    }
    const own = resources.map((one) => ownBody(found, one, id, noun))
    const inner = found.kind === 'list' ? own : own[0]
    return fit(root, wrap(root, root, found.path, inner, extra), fitting)
  }
  if (sample !== undefined) {
    const extra = { status: 200, location: sample.location, page: SAMPLE_PAGE }
    const shaped = tryShape([sample], extra)
    if (shaped === NONE) return { kind: 'unservable', why: whyNot(found) }
    const list = found.path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), shaped)
    if (found.kind === 'list' && Array.isArray(list) && list.length === 0)
      return { kind: 'unservable', why: 'its list holds something else than what is created' }
  }
  return {
    kind: 'shaper',
    shape(resources, extra) {
      const body = tryShape(resources, extra)
      if (body !== NONE) return body
      // A state from before the document changed: what is there is better than nothing.
      const own = resources.map((one) => ownBody(found, one, id, noun))
      return found.kind === 'list' ? own : own[0]
    },
  }
}

const SAMPLE_PAGE = { count: 1, total: 1, limit: 100, offset: 0, hasMore: false }

type Located = Extract<FoundResource, Rooted>

/** The resource as it is known, before it is fitted. */
function ownBody({ kind, schema, root, inAttributes }: Located, one: Shown, { member, type }: ShownId, noun: string) {
  const { state, location } = one
  // A number where nothing else is said; what is no number that JavaScript can hold stays text.
  const id = type === 'integer' && String(Number(one.id)) === one.id ? Number(one.id) : one.id
  if (kind === 'id' || isScalar(schema)) return id
  const links = namesOf(schema, root).filter(([name, s]) => isLink(name, s) && !Object.hasOwn(state, name))
  const linked = Object.fromEntries(links.map(([name, s]) => [name, linkValue(s, location)]))
  if (inAttributes) return { type: noun, id, attributes: state, ...linked }
  const named = member === undefined ? {} : { [member]: id }
  // First for those who read, last so that nothing that is kept takes its place.
  return { ...named, ...state, ...linked, ...named }
}

/** A list of ids. */
function isScalar(schema: Rooted['schema']): boolean {
  const types = typesOf(schema)
  return types.length > 0 && !types.includes('object') && !types.includes('array')
}

/** The envelope around it, with the members that are known by name. */
function wrap(part: unknown, root: Rooted['root'], path: readonly string[], inner: unknown, extra: Extra): unknown {
  const [name, ...rest] = path
  if (name === undefined) return inner
  const names = namesOf(part, root)
  const known = names.flatMap(([member, s]): (readonly [string, unknown])[] => {
    if (member === name) return []
    const value = isPageObject(member, s) ? pageObject(s, root, extra) : envelopeValue(member, s, extra)
    return value === undefined ? [] : [[member, value]]
  })
  const within = names.find(([member]) => member === name)?.[1] ?? {}
  return { ...Object.fromEntries(known), [name]: wrap(within, root, rest, inner, extra) }
}

/** `meta`, `pagination`, `page` with members of their own. */
function isPageObject(name: string, s: Rooted['schema']): boolean {
  return (
    /^_?(meta|metadata|pagination|paging|page|pageinfo|page_info|pageable)$/i.test(name) && isRecord(s['properties'])
  )
}

function pageObject(s: Rooted['schema'], root: Rooted['root'], extra: Extra): unknown {
  return Object.fromEntries(
    namesOf(s, root).flatMap(([name, part]) => {
      const value = isPageObject(name, part) ? pageObject(part, root, extra) : envelopeValue(name, part, extra)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function whyNot({ path }: Located): string {
  const where = path.length === 0 ? 'its answer' : `its answer, in ${path.join('.')},`
  return `${where} requires something that no value could be found for: a circle of required members, or rules that contradict each other`
}
