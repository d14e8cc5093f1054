import { describe, expect, it } from 'vitest'
import { nextLink } from '../../../src/serve/query/next-link.ts'
import { type Asked, readListQuery } from '../../../src/serve/query/read-list-query.ts'

const parameter = (name: string, schema: object = {}) => ({
  name,
  in: 'query' as const,
  required: false,
  schema: schema as never,
})
const members = new Set(['name', 'size', 'id'])
const read = (query: string, declared: readonly ReturnType<typeof parameter>[] = []) =>
  readListQuery(new URLSearchParams(query), declared, (name) => members.has(name))
const asked = (query: string, declared?: readonly ReturnType<typeof parameter>[]): Asked => {
  const result = read(query, declared)
  if (result.kind !== 'asked') throw new Error(result.detail)
  return result
}

describe('the query of a list', () => {
  it('is the first hundred, where nothing is asked or declared', () => {
    expect(asked('').query).toEqual({ filters: [], limit: 100 })
  })

  it.each(['limit', 'per_page', 'pageSize', '$top', 'page[limit]', 'maxResults'])(
    'takes %s as the length of a page',
    (name) => {
      expect(asked(`${encodeURIComponent(name)}=7`).query.limit).toBe(7)
    },
  )

  it('has the length that the document declares, and none above its maximum', () => {
    const declared = [parameter('limit', { default: 20, maximum: 50 })]
    expect(asked('', declared).query.limit).toBe(20)
    expect(asked('limit=80', declared).query.limit).toBe(50)
    expect(asked('limit=80000').query.limit).toBe(1_000)
  })

  it('filters by members, whatever their number', () => {
    const { filters } = asked('name=tea&id=5').query
    expect(filters).toEqual([
      { member: 'name', value: 'tea' },
      { member: 'id', value: '5' },
    ])
  })

  it('takes a name for a member before it takes it for a page, unless the document says otherwise', () => {
    expect(asked('size=43').query).toEqual({ filters: [{ member: 'size', value: '43' }], limit: 100 })
    expect(asked('size=43', [parameter('size')]).query).toEqual({ filters: [], limit: 43 })
  })

  it('refuses what is neither: a list that ignored a search would answer what was not asked', () => {
    expect(read('q=tea')).toMatchObject({ kind: 'unserved', name: 'q' })
    expect(read('sort=name', [parameter('sort')])).toMatchObject({ kind: 'unserved', name: 'sort' })
  })

  it.each(['limit=0', 'limit=x', 'limit=-1', 'page=0', 'offset=1e3', 'after=%00'])('refuses %s by name', (query) => {
    expect(read(query)).toMatchObject({ kind: 'invalid', name: query.split('=')[0] })
  })

  it('counts pages from 0 where the document does', () => {
    const fromZero = [parameter('page', { default: 0 }), parameter('size', { default: 10 })]
    expect(asked('page=2', fromZero).query).toMatchObject({ offset: 20, limit: 10 })
    expect(asked('page=2&limit=10').query).toMatchObject({ offset: 10, limit: 10 })
  })
})

describe('the link to the next page', () => {
  const row = (seq: number) => ({ id: String(seq), seq, state: {} })
  const page = { rows: [row(9), row(8)], hasMore: true, total: 9 }

  it('is not there behind the last page', () => {
    expect(nextLink('/x', new URLSearchParams(''), asked(''), { ...page, hasMore: false })).toBeUndefined()
  })

  it('goes on behind the last resource of this one, and keeps what else was asked', () => {
    expect(nextLink('/x', new URLSearchParams('name=a%26b&limit=2'), asked('name=a%26b&limit=2'), page)).toBe(
      '/x?name=a%26b&limit=2&after=8',
    )
  })

  it('speaks the words of the document: pages, offsets', () => {
    expect(nextLink('/x', new URLSearchParams('page=3'), asked('page=3'), page)).toBe('/x?page=4')
    expect(nextLink('/x', new URLSearchParams(''), asked('', [parameter('page')]), page)).toBe('/x?page=2')
    expect(nextLink('/x', new URLSearchParams('skip=4&take=2'), asked('skip=4&take=2'), page)).toBe('/x?skip=6&take=2')
  })
})
