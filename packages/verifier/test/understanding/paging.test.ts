import { describe, expect, test } from 'vitest'
import type { Shape, Tea } from '../targets/shaped.ts'
import { verdictsOf } from './verdicts-of.ts'

type Style = Pick<Shape, 'page' | 'query' | 'many'>

const number = (url: URL, name: string, otherwise: number) => Number(url.searchParams.get(name) ?? otherwise)
const withQuery = (url: URL, members: Readonly<Record<string, string | number>>) => {
  const next = new URL(url)
  for (const [name, value] of Object.entries(members)) next.searchParams.set(name, String(value))
  return next.href
}
/** A page by its number, counted from 0; `from` is what the first one is called. */
const numbered = (
  teas: readonly Tea[],
  url: URL,
  { name = 'page', size = 'size', from = 1, otherwise = 20, most = 50 },
) => {
  const each = Math.min(number(url, size, otherwise), most)
  const page = number(url, name, from) - from
  return { items: teas.slice(page * each, page * each + each), each, page, pages: Math.ceil(teas.length / each) }
}
const sliced = (teas: readonly Tea[], start: number, each: number) => ({
  items: teas.slice(start, start + each),
  next: start + each < teas.length ? start + each : undefined,
})
const inData = (shown: readonly unknown[]) => ({ data: shown })

// 45 teas were there before; those of the run come last, unless a style turns the list round.
const styles: Readonly<Record<string, Style>> = {
  'all at once': {},
  'offset and limit': {
    query: [{ name: 'offset' }, { name: 'limit', schema: { type: 'integer', maximum: 25, default: 20 } }],
    page: (teas, url) => sliced(teas, number(url, 'offset', 0), Math.min(number(url, 'limit', 20), 25)),
  },
  '$skip and $top': {
    query: [{ name: '$skip' }, { name: '$top' }],
    page: (teas, url) => sliced(teas, number(url, '$skip', 0), Math.min(number(url, '$top', 20), 25)),
    many: (value) => ({ value }),
  },
  'page and size, from 1': {
    query: [{ name: 'page', schema: { type: 'integer', minimum: 1 } }, { name: 'size' }],
    page: (teas, url) => numbered(teas, url, {}),
  },
  'page and size, from 0, as Spring does': {
    query: [{ name: 'page', schema: { type: 'integer', minimum: 0, default: 0 } }, { name: 'size' }],
    many: (content) => ({ content }),
    page: (teas, url) => {
      const { items, page, pages, each } = numbered(teas, url, { from: 0 })
      return {
        items,
        rest: { number: page, size: each, totalElements: teas.length, totalPages: pages, last: page >= pages - 1 },
      }
    },
  },
  'page and per_page with a total in meta': {
    query: [{ name: 'page' }, { name: 'per_page' }],
    many: inData,
    page: (teas, url) => {
      const { items, each, page } = numbered(teas, url, { size: 'per_page' })
      return { items, rest: { meta: { total: teas.length, per_page: each, current_page: page + 1 } } }
    },
  },
  'a page number alone': {
    query: [{ name: 'page' }],
    page: (teas, url) => numbered(teas, url, {}),
  },
  'page[number] and page[size]': {
    query: [{ name: 'page[number]' }, { name: 'page[size]' }],
    many: inData,
    page: (teas, url) => numbered(teas, url, { name: 'page[number]', size: 'page[size]' }),
  },
  'pages with how many there are': {
    query: [{ name: 'page' }],
    many: (items) => ({ items }),
    page: (teas, url) => {
      const { items, page, pages } = numbered(teas, url, { otherwise: 17 })
      return { items, rest: { page: page + 1, pages } }
    },
  },
  'a cursor in the body': {
    query: [{ name: 'cursor', schema: { type: 'string' } }, { name: 'limit' }],
    many: inData,
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'cursor', 0), Math.min(number(url, 'limit', 20), 25))
      return { items, rest: { next_cursor: next === undefined ? null : String(next) } }
    },
  },
  'a cursor in a member of its own': {
    query: [{ name: 'cursor', schema: { type: 'string' } }],
    many: inData,
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'cursor', 0), 20)
      return { items, rest: { response_metadata: { next_cursor: next === undefined ? '' : String(next) } } }
    },
  },
  'nextPageToken and pageToken': {
    query: [{ name: 'pageToken', schema: { type: 'string' } }, { name: 'pageSize' }],
    many: (teas) => ({ teas }),
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'pageToken', 0), Math.min(number(url, 'pageSize', 20), 25))
      return { items, rest: next === undefined ? {} : { nextPageToken: String(next) } }
    },
  },
  'the id of the last item, while there is more': {
    query: [{ name: 'starting_after', schema: { type: 'string' } }, { name: 'limit' }],
    many: inData,
    page: (teas, url) => {
      const start = teas.findIndex(({ id }) => String(id) === url.searchParams.get('starting_after')) + 1
      const { items, next } = sliced(teas, start, Math.min(number(url, 'limit', 10), 25))
      return { items, rest: { has_more: next !== undefined } }
    },
  },
  'a Link header': {
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'from', 0), 20)
      const first = `<${withQuery(url, { from: 0 })}>; rel="first"`
      return {
        items,
        headers: { Link: next === undefined ? first : `${first}, <${withQuery(url, { from: next })}>; rel="next"` },
      }
    },
  },
  'a Link header with a relative URL and more than one relation': {
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'from', 0), 20)
      return {
        items,
        headers: {
          Link: next === undefined ? '</teas>; rel=first' : `</teas?from=${next}>; title="a, b"; rel="next last"`,
        },
      }
    },
  },
  'the next URL in the body': {
    many: (results) => ({ results }),
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'offset', 0), 20)
      return {
        items,
        rest: {
          count: teas.length,
          next: next === undefined ? null : withQuery(url, { offset: next }),
          previous: null,
        },
      }
    },
  },
  'the next path without a slash before it': {
    many: inData,
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'from', 0), 20)
      return { items, rest: { links: { next: next === undefined ? null : `teas?from=${next}` } } }
    },
  },
  'a link by HAL': {
    many: (teas) => ({ _embedded: { teas } }),
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'from', 0), 20)
      const self = { self: { href: url.href } }
      return {
        items,
        rest: { _links: next === undefined ? self : { ...self, next: { href: withQuery(url, { from: next }) } } },
      }
    },
  },
  'a link by JSON:API': {
    many: inData,
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'page[offset]', 0), 20)
      return { items, rest: { links: { next: next === undefined ? null : withQuery(url, { 'page[offset]': next }) } } }
    },
  },
  'a link by OData': {
    many: (value) => ({ value }),
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, '$skiptoken', 0), 20)
      return { items, rest: next === undefined ? {} : { '@odata.nextLink': withQuery(url, { $skiptoken: next }) } }
    },
  },
  'a link by Hydra': {
    many: (member) => ({ 'hydra:member': member }),
    page: (teas, url) => {
      const { items, next } = sliced(teas, number(url, 'page', 0), 20)
      return {
        items,
        rest: { 'hydra:view': next === undefined ? {} : { 'hydra:next': withQuery(url, { page: next }) } },
      }
    },
  },
  'the newest first, numbered': {
    query: [{ name: 'page' }, { name: 'size' }],
    page: (teas, url) => numbered([...teas].reverse(), url, {}),
  },
  'the last page first, with a link to the one before': {
    page: (teas, url) => {
      const last = Math.floor((teas.length - 1) / 20)
      const page = number(url, 'page', last)
      const headers = { Link: `<${withQuery(url, { page: page - 1 })}>; rel="prev"` }
      return { items: teas.slice(page * 20, page * 20 + 20), ...(page > 0 && { headers }) }
    },
  },
}

const checks = ['collection-shows-created', 'rejected-leaves-nothing', 'no-201-without-creation']

describe('a list that is paged by', () => {
  test.concurrent.each(Object.entries(styles))('%s is read to its end', async (_, style) => {
    const { verdicts, leftovers } = await verdictsOf({ ...style, before: 45 }, checks)
    expect(verdicts).toEqual({
      'collection-shows-created': 'pass',
      'rejected-leaves-nothing': 'pass',
      'no-201-without-creation': 'pass',
    })
    expect(leftovers).toEqual([])
  })

  test.concurrent.each(Object.entries(styles))('%s is missed what it does not show', async (_, style) => {
    const { verdicts } = await verdictsOf({ ...style, before: 45, hidesNew: true }, ['collection-shows-created'])
    expect(verdicts).toEqual({ 'collection-shows-created': 'fail' })
  })
})

describe('a list that is cut in a way that nothing tells', () => {
  const cut: Style = { page: (teas) => ({ items: teas.slice(0, 20) }) }

  test('is not accused of hiding what may come behind the cut', async () => {
    const { verdicts } = await verdictsOf({ ...cut, before: 45 }, checks)
    expect(verdicts['collection-shows-created']).toMatch(/^inconclusive/)
    expect(verdicts['rejected-leaves-nothing']).toMatch(/^inconclusive/)
    expect(verdicts['no-201-without-creation']).toBe('pass')
  })
})
