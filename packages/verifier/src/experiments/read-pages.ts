import type { Answer } from '../exchange/exchange.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import type { Parameter } from '../target/target.ts'
import { fillPath } from './fill-path.ts'
import { findItems } from './find-items.ts'
import { isObject, parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { nextPage, saysMore } from './next-page.ts'
import { pageLink } from './page-links.ts'
import { requiredQuery } from './required-parameters.ts'

/** How far a reading got: to a told end, to where more was told to follow, or to a length that says more or less. */
export type Extent = 'ended' | 'cut' | 'page-sized' | 'odd-sized'

/** What was read of a collection. */
export type Pages =
  | {
      readonly kind: 'read'
      readonly items: readonly unknown[]
      readonly extent: Extent
      readonly evidence: readonly number[]
    }
  | { readonly kind: 'unlisted'; readonly reason: string }

const sizeParameters = /^(limit|per_?page|page_?size|size|take|max_?results|top|\$top|page\[(size|limit)\])$/i
const pageParameters = /^(page|page_?(number|no|index)|page\[number\])$/i
const offsetParameters = /^(offset|skip|start|\$skip|page\[offset\])$/i
// A run creates about a hundred things; a collection that is longer than this was there before, and is too long to read for every experiment.
const mostPages = 20
// Page sizes that servers use when they are not asked: a listing of just that length may have been cut.
const usualPageSizes = new Set([5, 10, 12, 15, 20, 24, 25, 30, 40, 50, 100, 200, 250, 500, 1000])

/** Reads the collection that the creation adds to, page by page, as far as it leads on. */
export async function readPages(lab: Lab): Promise<Pages> {
  const { list } = lab.operation.creation
  if (list === undefined)
    return { kind: 'unlisted', reason: 'the document has no operation that lists what is created' }
  const filled = fillPath(list.path, lab.parents, list.parameters)
  if (filled.kind === 'unknown')
    return { kind: 'unlisted', reason: `nothing is known for the parameter ${filled.parameter} of ${list.path}` }
  const size = queryNamed(list.parameters, sizeParameters)
  const asked = size === undefined ? undefined : largestSize(size)
  const query = requiredQuery(list.parameters, size === undefined ? {} : { [size.name]: String(asked) })

  const items: unknown[] = []
  const evidence: number[] = []
  const seen = new Set<string>()
  const shown = new Set<string>()
  let url: string | undefined = baseUrlOf(lab.operation.target, list) + filled.path + query
  let ended = false
  let ledOn = false
  // Where the document says how an answer leads on, one that does not is the last.
  const leads = /"next(_?page)?(_?(token|cursor|link))?":/i.test(JSON.stringify(list.responses))
  let last: { json: unknown; count: number } | undefined
  // A list may begin with its last page; then what was there before comes by a link backwards.
  let before: string | undefined
  let isBackwards = false
  while (url !== undefined && seen.size < mostPages && !seen.has(url)) {
    seen.add(url)
    const answer: Answer = await lab.get(url)
    const json = parseJson(answer.response.body)
    const page = answer.response.status === 200 ? findItems(json) : undefined
    if (page === undefined) {
      if (evidence.length > 0) break
      return {
        kind: 'unlisted',
        reason: `GET ${filled.path} answered ${answer.response.status}${answer.response.status === 200 ? ' without a list' : ''}`,
      }
    }
    evidence.push(answer.id)
    // A server that ignores the page parameter sends the first page for ever.
    const grew = page.some((item) => !shown.has(JSON.stringify(item)))
    for (const item of page) shown.add(JSON.stringify(item))
    items.push(...(grew ? page : []))
    last = { json, count: page.length }
    if (evidence.length === 1) before = pageLink(answer, json, 'prev')
    const told: string | undefined = !grew
      ? undefined
      : isBackwards
        ? pageLink(answer, json, 'prev')
        : nextPage(answer, json, list.parameters)
    // An empty page is the end, and so is a page that does not lead on after one that did, or that says so.
    const isLast = page.length === 0 || saysMore(json) === false
    ended = isLast || (grew && (ledOn || leads || isBackwards) && told === undefined)
    ledOn = told !== undefined
    url = told ?? (grew && !ended ? numberedPage(url, list.parameters, items.length, page.length, asked) : undefined)
    if (url === undefined && before !== undefined && !isBackwards) {
      isBackwards = true
      url = before
    }
  }
  return { kind: 'read', items, evidence, extent: ended ? 'ended' : extentOf(last, items.length, url) }
}

function extentOf(
  last: { json: unknown; count: number } | undefined,
  length: number,
  next: string | undefined,
): Extent {
  if (last === undefined || next !== undefined) return 'cut'
  const total = totalOf(last.json)
  if (total !== undefined && total > length) return 'cut'
  if (total !== undefined && total === length && length > last.count) return 'ended'
  return usualPageSizes.has(last.count) ? 'page-sized' : 'odd-sized'
}

function numberedPage(
  url: string,
  parameters: readonly Parameter[],
  length: number,
  count: number,
  asked: number | undefined,
): string | undefined {
  if (count === 0) return undefined
  // A page that is not full is the last one.
  if (asked !== undefined && count < asked && !usualPageSizes.has(count)) return undefined
  const next = new URL(url)
  const page = queryNamed(parameters, pageParameters)
  const offset = queryNamed(parameters, offsetParameters)
  if (page !== undefined) {
    const first =
      typeof page.schema['minimum'] === 'number' ? page.schema['minimum'] : page.schema['default'] === 0 ? 0 : 1
    next.searchParams.set(page.name, String(Number(next.searchParams.get(page.name) ?? first) + 1))
  } else if (offset !== undefined) next.searchParams.set(offset.name, String(length))
  else return undefined
  return next.href
}

function totalOf(json: unknown): number | undefined {
  if (!isObject(json)) return undefined
  for (const node of [json, json['meta'], json['pagination'], json['paging'], json['page']]) {
    if (!isObject(node)) continue
    for (const name of ['total', 'totalCount', 'total_count', 'totalItems', 'totalElements', 'count']) {
      if (typeof node[name] === 'number') return node[name]
    }
  }
  return undefined
}

function queryNamed(parameters: readonly Parameter[], pattern: RegExp): Parameter | undefined {
  return parameters.find((one) => one.in === 'query' && pattern.test(one.name))
}

function largestSize({ schema }: Parameter): number {
  return typeof schema['maximum'] === 'number' ? Math.min(schema['maximum'], 1000) : 100
}
