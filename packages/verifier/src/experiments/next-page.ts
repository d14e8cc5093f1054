import type { Answer } from '../exchange/exchange.ts'
import type { Parameter } from '../target/target.ts'
import { findItems } from './find-items.ts'
import { isObject } from './json-node.ts'
import { pageLink } from './page-links.ts'

const tokenMembers = [
  ...['next', 'nextPageToken', 'next_page_token', 'nextCursor', 'next_cursor', 'nextToken', 'next_token'],
  ...['continuationToken', 'continuation_token'],
]
const tokenParameters =
  /^(page_?token|cursor|after|next_?token|starting_after|continuation_?token|page\[(after|cursor)\])$/i
const lastIdParameters = /^(starting_after|after|after_?id|last_?id)$/i
const moreMembers = ['has_more', 'hasMore', 'has_next', 'hasNext', 'hasNextPage']

/** The URL of the page after this one, as the answer itself tells it: by a link, by a token, or by saying that there is more. */
export function nextPage(answer: Answer, json: unknown, parameters: readonly Parameter[]): string | undefined {
  const link = pageLink(answer, json, 'next')
  if (link !== undefined) return link
  const token = tokenOf(json)
  const byToken = token === undefined ? undefined : queryOf(parameters, tokenParameters)
  if (token !== undefined && byToken !== undefined) return withQuery(answer, byToken, token)
  const last = saysMore(json) === true ? lastId(json) : undefined
  const byId = last === undefined ? undefined : queryOf(parameters, lastIdParameters)
  return last !== undefined && byId !== undefined ? withQuery(answer, byId, last) : undefined
}

/** What an answer says of whether there is more; undefined where it says nothing. */
export function saysMore(json: unknown): boolean | undefined {
  const said = holdersIn(json).flatMap((node) => moreMembers.map((name) => node[name]))
  return said.find((one) => typeof one === 'boolean')
}

function tokenOf(json: unknown): string | undefined {
  for (const node of holdersIn(json)) {
    for (const name of tokenMembers) {
      const token = node[name]
      if ((typeof token === 'string' && token !== '') || typeof token === 'number') return String(token)
    }
  }
  return undefined
}

/** The answer, and what it keeps apart from its items: `meta`, `pagination`, and whatever else they are called. */
function holdersIn(json: unknown): readonly Readonly<Record<string, unknown>>[] {
  return isObject(json) ? [json, ...Object.values(json).filter(isObject)] : []
}

function lastId(json: unknown): string | undefined {
  const item = findItems(json)?.at(-1)
  const id = isObject(item) ? item['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function queryOf(parameters: readonly Parameter[], pattern: RegExp): string | undefined {
  return parameters.find((one) => one.in === 'query' && pattern.test(one.name))?.name
}

function withQuery(answer: Answer, name: string, value: string): string {
  const url = new URL(answer.request.url)
  url.searchParams.set(name, value)
  return url.href
}
