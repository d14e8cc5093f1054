import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Shape, Tea } from '../targets/shaped.ts'
import { verdictsOf } from './verdicts-of.ts'

type Row = Readonly<Record<string, unknown>>

const slugOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const without = ({ id: _, ...others }: Row) => others
const enveloped = (name: string): Shape => ({
  one: (tea) => ({ [name]: tea }),
  many: (teas) => ({ [name]: teas }),
})

const envelopes: Readonly<Record<string, Shape>> = {
  none: {},
  data: enveloped('data'),
  result: enveloped('result'),
  results: { many: (teas) => ({ results: teas, count: teas.length }) },
  items: { many: (teas) => ({ items: teas, total: teas.length }) },
  payload: enveloped('payload'),
  'rows of a row': { one: (tea) => ({ ok: true, rows: [tea] }), many: (teas) => ({ ok: true, rows: teas }) },
  'the name of what it is': { one: (tea) => ({ tea }), many: (teas) => ({ teas }) },
  'data within a response': {
    one: (tea) => ({ status: 'success', data: { tea } }),
    many: (teas) => ({ status: 'success', results: teas.length, data: { teas } }),
  },
  'each item of a list, too': { one: (tea) => ({ tea }), many: (teas) => teas.map((tea) => ({ tea })) },
  'JSON:API': {
    sent: {
      schema: (attributes) => ({
        type: 'object',
        required: ['data'],
        properties: {
          data: {
            type: 'object',
            required: ['type', 'attributes'],
            properties: { type: { const: 'teas' }, attributes },
          },
        },
      }),
      read: (body) => (body as { data?: { attributes?: unknown } }).data?.attributes,
    },
    id: (count) => String(count),
    item: (tea, origin) => ({
      type: 'teas',
      id: tea.id,
      attributes: without(tea),
      links: { self: `${origin}/teas/${tea.id}` },
    }),
    one: (data) => ({ data }),
    many: (data) => ({ data }),
  },
  'HAL _embedded': {
    item: (tea, origin) => ({ ...tea, _links: { self: { href: `${origin}/teas/${tea.id}` } } }),
    many: (teas) => ({
      _embedded: { teas },
      _links: { self: { href: '/teas' } },
      page: { totalElements: teas.length },
    }),
  },
  'Collection+JSON-like': { many: (teas) => ({ collection: { version: '1.0', items: teas } }) },
  'keyed by name': {
    parameter: 'name',
    isUnique: true,
    end: ({ name }) => name,
    item: (tea) => without(tea),
    many: (_, teas) => Object.fromEntries(teas.map((tea) => [tea.name, without(tea)])),
  },
  'keyed by name within a member': {
    parameter: 'name',
    isUnique: true,
    end: ({ name }) => name,
    item: (tea) => without(tea),
    many: (_, teas) => ({ teas: Object.fromEntries(teas.map((tea) => [tea.name, without(tea)])) }),
  },
  'keyed by id': {
    id: () => randomUUID(),
    many: (_, teas) => Object.fromEntries(teas.map((tea) => [tea.id, tea])),
  },
}

const named = (member: string, parameter = 'id'): Shape => ({
  parameter,
  item: (tea) => ({ ...without(tea), [member]: tea.id }),
})

const ids: Readonly<Record<string, Shape>> = {
  'an integer': {},
  'a large integer': { id: (count) => 9_007_199_254_000_000 + count },
  'a UUID': { id: () => randomUUID() },
  'a text with a prefix': { id: (count) => `tea_${count}f3a` },
  'a slug of the name': { id: (count, name) => `${slugOf(name)}-${count}`, ...named('slug', 'slug') },
  'a URL': { item: (tea, origin) => ({ ...without(tea), id: `${origin}/teas/${tea.id}` }) },
  'a URL as @id': { item: (tea, origin) => ({ ...without(tea), '@id': `${origin}/teas/${tea.id}` }) },
  'a path as @id': { item: (tea) => ({ ...without(tea), '@id': `/teas/${tea.id}` }) },
  'a URL as url': { item: (tea, origin) => ({ ...without(tea), url: `${origin}/teas/${tea.id}` }) },
  _id: { ...named('_id'), id: () => randomUUID().replaceAll('-', '').slice(0, 24) },
  'the member of the path, teaId': named('teaId', 'teaId'),
  'the member of the path in another spelling': named('tea_id', 'teaId'),
  'the name of what it is with id': named('tea_id'),
  'a code': named('code', 'code'),
  'a number': named('number', 'number'),
  'an id with what has to be escaped': { id: (count) => `tea/${count} ü` },
  'an id in an envelope, with no Location': {
    hasLocation: false,
    one: (tea) => ({ data: tea }),
    many: (teas) => ({ data: teas }),
  },
  'an id in an answer that shows nothing else': {
    one: ({ id, ...shown }) => (id === undefined ? shown : { id, ...shown }),
  },
}

const checks = [
  'body-describes-created',
  'body-equals-get',
  'collection-shows-created',
  'ids-unique-under-load',
  'input-roundtrip',
  'location-identifies-created',
  'location-resolves',
  'no-201-without-creation',
  'rejected-leaves-nothing',
] as const

// Without a Location there is nothing to say about it.
const ofLocation = new Set<string>(['location-identifies-created', 'location-resolves'])

async function understood(shape: Shape): Promise<void> {
  const { verdicts, leftovers } = await verdictsOf(shape, checks)
  const judged = Object.entries(verdicts).filter(([check]) => shape.hasLocation !== false || !ofLocation.has(check))
  expect(judged.filter(([, verdict]) => verdict !== 'pass')).toEqual([])
  expect(leftovers).toEqual([])
}

async function missed(shape: Shape): Promise<void> {
  const { verdicts } = await verdictsOf({ ...shape, hidesNew: true }, ['collection-shows-created'])
  expect(verdicts['collection-shows-created']).toBe('fail')
}

describe('a resource that is answered in', () => {
  test.concurrent.each(Object.entries(envelopes))('%s is understood', (_, shape) => understood(shape))
  test.concurrent.each(Object.entries(envelopes))('%s is missed where the list does not show it', (_, shape) =>
    missed(shape),
  )
})

describe('a resource that is named by', () => {
  test.concurrent.each(Object.entries(ids))('%s is understood', (_, shape) => understood(shape))
  test.concurrent.each(Object.entries(ids))('%s is missed where the list does not show it', (_, shape) => missed(shape))
})

describe('a resource that names itself by nothing but a link', () => {
  const linked: Shape = {
    item: (tea, origin) => ({ ...without(tea), _links: { self: { href: `${origin}/teas/${tea.id}` } } }),
  }

  test('is understood where it is shown', async () => {
    const { verdicts } = await verdictsOf(linked, checks)
    expect(Object.values(verdicts)).toEqual(checks.map(() => 'pass'))
  })

  test('is not said to be missing, for it could only be recognised by its text', async () => {
    const { verdicts } = await verdictsOf({ ...linked, hidesNew: true }, ['collection-shows-created'])
    expect(verdicts['collection-shows-created']).toMatch(/^inconclusive/)
  })
})

describe('a resource whose read shows another', () => {
  const mixed = (one: Tea['name']): Shape => ({ one: (tea) => ({ data: { ...tea, name: one } }) })

  test('is not understood as the one that was sent, whatever it stands in', async () => {
    const { verdicts } = await verdictsOf(mixed('always this'), ['input-roundtrip'])
    expect(verdicts['input-roundtrip']).toBe('fail')
  })
})
