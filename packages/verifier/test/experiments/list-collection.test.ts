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

/** A lab that reads from a function instead of a network; a create is answered with `status` and does what `create` does. */
function labWith(
  parameters: readonly Parameter[],
  pageAt: (query: URLSearchParams) => Page,
  { status = 201, create = () => {} }: { status?: number; create?: () => void } = {},
): Lab {
  let id = 0
  let accepted = 0
  return {
    lists: { longest: 0 },
    get accepted() {
      return accepted
    },
    newBody: () => ({}),
    tryPost: async () => {
      if (status < 300) accepted++
      create()
      return { kind: 'answered', attempt: { status } }
    },
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

  test('is not called whole when it has just the length of a page and does not grow', async () => {
    const listing = await listCollection(labWith([], () => ({ body: things.slice(0, 20) })))
    expect(listing).toMatchObject({ kind: 'listed', complete: false })
  })

  test.each([5, 10, 12, 15, 20, 50, 100])(
    'is whole with just %i items when it grows by one more create',
    async (length) => {
      const rows = Array.from({ length }, (_, index) => ({ id: index + 1 }))
      const lab = labWith([], () => ({ body: rows }), { create: () => rows.push({ id: rows.length + 1 }) })
      const listing = await listCollection(lab)
      expect(listing).toMatchObject({ kind: 'listed', complete: true })
    },
  )

  test('is not called whole by a create that was refused', async () => {
    const rows = things.slice(0, 20)
    const lab = labWith([], () => ({ body: rows }), { status: 409, create: () => rows.push({ id: 99 }) })
    expect(await listCollection(lab)).toMatchObject({ kind: 'listed', complete: false })
  })

  test('is not asked for another create once it has been longer', async () => {
    let creates = 0
    const rows = things.slice(0, 30)
    const lab = labWith([], () => ({ body: rows }), { create: () => rows.push({ id: 100 + ++creates }) })
    await listCollection(lab)
    rows.length = 20
    expect(await listCollection(lab)).toMatchObject({ kind: 'listed', complete: true })
    expect(creates).toBe(1)
  })

  test('is not called whole when it stays as it was after a create, whatever its length', async () => {
    const lab = labWith([], () => ({ body: things.slice(0, 13) }))
    expect(await listCollection(lab)).toMatchObject({ kind: 'listed', complete: true })
    await lab.tryPost({})
    expect(await listCollection(lab)).toMatchObject({ kind: 'listed', complete: false })
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
