import type { Answer } from '../exchange/exchange.ts'
import { headerValues } from '../exchange/header-values.ts'
import type { Parameter } from '../target/target.ts'
import { isObject } from './json-node.ts'

const tokenMembers = [
  'next',
  'nextPageToken',
  'next_page_token',
  'nextCursor',
  'next_cursor',
  'nextToken',
  'next_token',
]
const tokenParameters = /^(page_?token|cursor|after|next_?token|starting_after|continuation_?token)$/i

/** The URL of the page after this one, as the answer itself tells it: by a link, or by a token. */
export function nextPage(answer: Answer, json: unknown, parameters: readonly Parameter[]): string | undefined {
  const here = answer.request.url
  const link = linkHeader(answer) ?? linkMember(json)
  if (link !== undefined) return URL.canParse(link, here) ? new URL(link, here).href : undefined
  const token = tokenOf(json)
  const parameter = parameters.find((one) => one.in === 'query' && tokenParameters.test(one.name))
  if (token === undefined || parameter === undefined) return undefined
  const url = new URL(here)
  url.searchParams.set(parameter.name, token)
  return url.href
}

function linkHeader(answer: Answer): string | undefined {
  const lines = headerValues(answer, 'link').join(', ')
  return /<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next"?/i.exec(lines)?.[1]
}

function linkMember(json: unknown): string | undefined {
  if (!isObject(json)) return undefined
  for (const node of [json, json['links'], json['_links'], json['paging'], json['pagination'], json['meta']]) {
    if (!isObject(node)) continue
    const next = node['next'] ?? node['@odata.nextLink']
    if (typeof next === 'string' && looksLikeUrl(next)) return next
    if (isObject(next) && typeof next['href'] === 'string') return next['href']
  }
  return undefined
}

// What follows may be named by a link or by a bare token, under the same member.
function looksLikeUrl(text: string): boolean {
  return /^(https?:\/\/|\/|\?)/.test(text)
}

function tokenOf(json: unknown): string | undefined {
  if (!isObject(json)) return undefined
  for (const node of [json, json['meta'], json['pagination'], json['paging']]) {
    if (!isObject(node)) continue
    for (const name of tokenMembers) {
      const token = node[name]
      if ((typeof token === 'string' && token !== '') || typeof token === 'number') return String(token)
    }
  }
  return undefined
}
