import type { Page } from '../rows/rows.ts'
import type { Asked } from './read-list-query.ts'

/** The path and query of the next page (RFC 8288 `rel="next"`), undefined behind the last one. */
export function nextLink(url: string, { next, query }: Asked, page: Page): string | undefined {
  if (!page.hasMore) return undefined
  const [path = '', search = ''] = url.split(/\?(.*)/s)
  const params = new URLSearchParams(search)
  params.set(next.name, String(startOf(next, query.limit, page)))
  return `${path}?${params}`
}

function startOf({ by, at }: Asked['next'], limit: number, page: Page): number {
  if (by === 'page') return at + 1
  return by === 'offset' ? at + limit : page.rows.at(-1)!.seq
}
