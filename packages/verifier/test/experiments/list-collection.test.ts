import { describe, expect, test } from 'vitest'
import type { Answer } from '../../src/exchange/exchange.ts'
import type { Lab } from '../../src/experiments/lab.ts'
import { listCollection } from '../../src/experiments/list-collection.ts'
import type { Parameter } from '../../src/target/target.ts'

type Page = { readonly body: unknown; readonly headers?: readonly (readonly [string, string])[] }

const query = (name: string, schema: Record<string, unknown> = { type: 'integer' }): Parameter => ({
  name,
  in: 'query',
  required: false,
  schema,
})

/** A lab that only reads, from a function instead of a network. */
function labWith(parameters: readonly Parameter[], pageAt: (query: URLSearchParams) => Page): Lab {
  let id = 0
  return {
    parents: {},
    operation: {
      target: { baseUrl: 'http://x' },
      creation: { list: { method: 'GET', path: '/things', parameters, responses: {} } },
    },
    get: async (url: string): Promise<Answer> => {
      const { body, headers = [] } = pageAt(new URL(url).searchParams)
      return {
        id: ++id,
        request: { method: 'GET', url, headers: [], body: '' },
        response: { status: 200, headers, body: JSON.stringify(body), ms: 1 },
      }
    },
  } as unknown as Lab
}

const things = Array.from({ length: 47 }, (_, index) => ({ id: index + 1 }))

const cases: readonly { name: string; parameters: readonly Parameter[]; pageAt: (query: URLSearchParams) => Page }[] = [
  { name: 'as a bare array', parameters: [], pageAt: () => ({ body: things }) },
  { name: 'in an envelope', parameters: [], pageAt: () => ({ body: { meta: { total: 47 }, results: things } }) },
  { name: 'in a nested envelope', parameters: [], pageAt: () => ({ body: { data: { rows: things } } }) },
  {
    name: 'by page number',
    parameters: [query('page')],
    pageAt: (q) => {
      const page = Number(q.get('page') ?? 1)
      return { body: things.slice((page - 1) * 20, page * 20) }
    },
  },
  {
    name: 'by page number from zero',
    parameters: [query('page', { type: 'integer', default: 0 }), query('size', { maximum: 10 })],
    pageAt: (q) => {
      const [page, size] = [Number(q.get('page') ?? 0), Number(q.get('size'))]
      return { body: { content: things.slice(page * size, (page + 1) * size), totalElements: 47 } }
    },
  },
  {
    name: 'by limit and offset',
    parameters: [query('limit', { maximum: 25 }), query('offset')],
    pageAt: (q) => {
      const [limit, offset] = [Number(q.get('limit')), Number(q.get('offset') ?? 0)]
      return { body: { count: 47, results: things.slice(offset, offset + limit) } }
    },
  },
  {
    name: 'by a link in the body',
    parameters: [],
    pageAt: (q) => {
      const from = Number(q.get('from') ?? 0)
      return {
        body: { items: things.slice(from, from + 20), next: from + 20 < 47 ? `/things?from=${from + 20}` : null },
      }
    },
  },
  {
    name: 'by a Link header',
    parameters: [],
    pageAt: (q) => {
      const from = Number(q.get('from') ?? 0)
      const next: readonly (readonly [string, string])[] =
        from + 10 < 47
          ? [['Link', `<http://x/things?from=0>; rel="first", <http://x/things?from=${from + 10}>; rel="next"`]]
          : []
      return { body: things.slice(from, from + 10), headers: next }
    },
  },
  {
    name: 'by a token',
    parameters: [query('after', { type: 'string' })],
    pageAt: (q) => {
      const from = Number(q.get('after') ?? 0)
      return { body: { items: things.slice(from, from + 20), ...(from + 20 < 47 ? { next: from + 20 } : {}) } }
    },
  },
]

describe('a collection', () => {
  test.each(cases)('is read whole $name', async ({ parameters, pageAt }) => {
    const listing = await listCollection(labWith(parameters, pageAt))
    expect(listing).toMatchObject({ kind: 'listed', complete: true })
    expect(listing.kind === 'listed' && new Set(listing.items.map((item) => (item as { id: number }).id)).size).toBe(47)
  })

  test('is not called whole when it has just the length of a page', async () => {
    const listing = await listCollection(labWith([], () => ({ body: things.slice(0, 20) })))
    expect(listing).toMatchObject({ kind: 'listed', complete: false })
  })

  test('is not called whole when it says that there is more', async () => {
    const listing = await listCollection(labWith([], () => ({ body: { total: 47, data: things.slice(0, 13) } })))
    expect(listing).toMatchObject({ kind: 'listed', complete: false })
  })

  test('is not called whole when the next page is the same page again', async () => {
    const listing = await listCollection(labWith([query('page')], () => ({ body: things.slice(0, 20) })))
    expect(listing).toMatchObject({ kind: 'listed', complete: false })
    expect(listing.kind === 'listed' && listing.items.length).toBe(20)
  })

  test('is not read for ever', async () => {
    const endless = labWith([query('page')], (q) => ({ body: [{ id: Number(q.get('page') ?? 1) }] }))
    const listing = await listCollection(endless)
    expect(listing).toMatchObject({ kind: 'listed', complete: false })
    expect(listing.kind === 'listed' && listing.evidence.length).toBe(20)
  })

  test('that answers no list is not listed', async () => {
    const listing = await listCollection(labWith([], () => ({ body: { message: 'hello' } })))
    expect(listing).toMatchObject({ kind: 'unlisted' })
  })
})
