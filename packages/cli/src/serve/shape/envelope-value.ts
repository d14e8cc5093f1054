import type { JsonSchema } from '@createonce/verifier/document'
import { isLink, linkValue } from './link-value.ts'
import { typesOf } from './rooted.ts'
import { plain } from './spelling.ts'

/** What is known of an answer besides the resources in it. */
export interface Extra {
  /** The HTTP status. */
  readonly status: number
  /** Where the resource is; of a list, where the list is. */
  readonly location: string
  /** Of a list: where it stands in the whole. */
  readonly page?: {
    readonly count: number
    readonly total: number
    readonly limit: number
    readonly offset: number
    readonly hasMore: boolean
    /** The URL of the next page. */
    readonly next?: string | undefined
  }
}

type Value = (extra: Extra, s: JsonSchema) => unknown

const exampleOf = (s: JsonSchema) => s['example'] ?? [s['examples']].flat()[0]
const status: Value = ({ status }, s) => {
  // An API with codes of its own says so by an example; that of a success, not the one of a failure.
  const example = exampleOf(s)
  if (typeof example === 'number' && String(example).startsWith('2')) return example
  return typesOf(s).includes('string') ? 'success' : typesOf(s).includes('boolean') ? true : status
}
const message: Value = (_, s) => (typeof exampleOf(s) === 'string' ? exampleOf(s) : '')
const page =
  (of: (page: NonNullable<Extra['page']>) => unknown): Value =>
  (extra) =>
    extra.page === undefined ? undefined : of(extra.page)
const nextOf = page(({ next }) => next ?? null)
const sizeOf = page(({ limit }) => limit)
const totalOf = page(({ total }) => total)
const pagesOf = page(({ total, limit }) => Math.ceil(total / Math.max(limit, 1)))
const numberOf = page(({ offset, limit }) => Math.floor(offset / Math.max(limit, 1)) + 1)
const countOf = page(({ count }) => count)
const moreOf = page(({ hasMore }) => hasMore)

/** The members of envelopes whose meaning their names tell. */
const VALUES: { readonly [name: string]: Value } = {
  code: status,
  status,
  statuscode: ({ status }) => status,
  httpstatus: ({ status }) => status,
  success: (_, s) => (typesOf(s).includes('string') ? 'true' : true),
  ok: () => true,
  error: (_, s) => (typesOf(s).includes('boolean') ? false : null),
  haserror: () => false,
  errors: () => [],
  message,
  msg: message,
  total: totalOf,
  totalcount: totalOf,
  totalelements: totalOf,
  totalitems: totalOf,
  totalresults: totalOf,
  totalrecords: totalOf,
  totalhits: totalOf,
  count: countOf,
  numberofelements: countOf,
  pagesize: sizeOf,
  perpage: sizeOf,
  size: sizeOf,
  limit: sizeOf,
  offset: page(({ offset }) => offset),
  skip: page(({ offset }) => offset),
  page: numberOf,
  pagenumber: numberOf,
  currentpage: numberOf,
  // Spring counts pages from zero.
  number: page(({ offset, limit }) => Math.floor(offset / Math.max(limit, 1))),
  pages: pagesOf,
  totalpages: pagesOf,
  lastpage: pagesOf,
  pagecount: pagesOf,
  hasmore: moreOf,
  hasnext: moreOf,
  hasnextpage: moreOf,
  hasprevious: page(({ offset }) => offset > 0),
  hasprev: page(({ offset }) => offset > 0),
  first: page(({ offset }) => offset === 0),
  last: page(({ hasMore }) => !hasMore),
  empty: page(({ count }) => count === 0),
  next: nextOf,
  nextpage: nextOf,
  nexturl: nextOf,
  nextlink: nextOf,
  previous: () => null,
  prev: () => null,
}

/** Whether the name of a member tells what it is in an envelope. */
export function isEnvelopeValue(name: string, s: JsonSchema): boolean {
  return isLink(name, s) || Object.hasOwn(VALUES, plain(name))
}

/** What a member of an envelope is set to, by its name; undefined where the name tells nothing. */
export function envelopeValue(name: string, s: JsonSchema, extra: Extra): unknown {
  if (isLink(name, s)) return linkValue(s, extra.location)
  const bare = plain(name)
  return Object.hasOwn(VALUES, bare) ? VALUES[bare]!(extra, s) : undefined
}
