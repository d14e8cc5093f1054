import type { Page } from '../rows/rows.ts'
import type { Asked } from './read-list-query.ts'

/** The path and query of the next page (RFC 8288 `rel="next"`) of a list asked by `sent`, undefined behind the last one. */
export function nextLink(path: string, sent: URLSearchParams, { next, query }: Asked, page: Page): string | undefined {
  if (!page.hasMore) return undefined
  const params = new URLSearchParams(sent)
  params.set(next.name, String(startOf(next, query.limit, page)))
  return `${path}?${params}`
}

function startOf({ by, at }: Asked['next'], limit: number, page: Page): number {
  if (by === 'page') return at + 1
  return by === 'offset' ? at + limit : page.rows.at(-1)!.seq
}
