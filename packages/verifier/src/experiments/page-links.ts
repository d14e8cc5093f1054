import type { Answer } from '../exchange/exchange.ts'
import { linkValues } from '../exchange/link-values.ts'
import { isObject } from './json-node.ts'

/** Where an answer may lead from one page of a list to another. */
export type Direction = 'next' | 'prev'

const names: Readonly<Record<Direction, readonly string[]>> = {
  next: ['next', '@odata.nextLink', 'nextLink', 'hydra:next'],
  prev: ['prev', 'previous', 'hydra:previous'],
}
const linkHolders = ['links', '_links', 'paging', 'pagination', 'meta', 'hydra:view', 'view']

/** The URL of the next or the previous page, as a link of the answer tells it: in a header, or in the body. */
export function pageLink(answer: Answer, json: unknown, direction: Direction): string | undefined {
  const link = linkHeader(answer, direction) ?? linkMember(json, direction)
  const here = answer.request.url
  return link !== undefined && URL.canParse(link, here) ? new URL(link, here).href : undefined
}

function linkHeader(answer: Answer, direction: Direction): string | undefined {
  return linkValues(answer).find(({ relations }) => names[direction].some((name) => relations.includes(name)))?.url
}

function linkMember(json: unknown, direction: Direction): string | undefined {
  if (!isObject(json)) return undefined
  for (const holder of ['', ...linkHolders]) {
    const node = holder === '' ? json : json[holder]
    if (!isObject(node)) continue
    // What a member of links holds is one; elsewhere the same name may hold a bare token.
    const isLinks = holder.endsWith('links') || holder.endsWith('view')
    for (const name of names[direction]) {
      const link = node[name]
      if (typeof link === 'string' && link !== '' && (isLinks || looksLikeUrl(link))) return link
      if (isObject(link) && typeof link['href'] === 'string') return link['href']
    }
  }
  return undefined
}

function looksLikeUrl(text: string): boolean {
  return /^(https?:\/\/|\/|\?)/.test(text)
}
