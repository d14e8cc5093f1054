import { describe, expect, it } from 'vitest'
import { faultsOf, object, type Served, serve } from './support.ts'

const text = { type: 'string' }
const integer = { type: 'integer' }
const input = object({ item: text, qty: integer }, ['item'])
const order = object({ id: integer, item: text, qty: integer }, ['id', 'item'])
const sent = { item: 'tea', qty: 2 }
const own = { id: 7, item: 'tea', qty: 2 }

const cases: readonly (readonly [string, Partial<Served> & { readonly output: Served['output'] }, unknown])[] = [
  ['is the object itself, with the id as the number that it is', { output: order }, own],
  [
    'has the id as text where the document has it so',
    { output: object({ id: text, item: text }, ['id']) },
    { ...own, id: '7' },
  ],
  ['lies in data', { output: object({ data: order }, ['data']) }, { data: own }],
  ['lies in a member with its noun', { output: object({ order }) }, { order: own }],
  [
    'lies beside a status, a message and a success that are required',
    {
      output: object({ code: integer, status: text, success: { type: 'boolean' }, message: text, data: order }, [
        'code',
        'status',
        'success',
        'message',
        'data',
      ]),
    },
    { code: 201, status: 'success', success: true, message: '', data: own },
  ],
  [
    'is what has the id, and no part of it that looks alike',
    { output: object({ id: integer, kind: text, content: object({ id: integer, item: text, qty: integer }) }, ['id']) },
    own,
  ],
  [
    'lies in the attributes of JSON:API',
    {
      output: object({
        data: object({ type: text, id: text, attributes: object({ item: text, qty: integer }) }, ['type', 'id']),
      }),
    },
    { data: { type: 'order', id: '7', attributes: sent } },
  ],
  ['is a bare id', { output: integer as never }, 7],
  ['is a bare id as text', { output: text as never }, '7'],
  ['is anything where the schema says nothing', { output: {} }, own],
  ['is a list of one where an array is declared', { output: { type: 'array', items: order } }, [own]],
  ['is an array', { output: { type: 'array', items: order }, wanted: 'list' }, [own]],
  [
    'is the page of Spring, counted from zero',
    {
      wanted: 'list',
      output: object({
        content: { type: 'array', items: order },
        totalElements: integer,
        totalPages: integer,
        number: integer,
        size: integer,
        first: { type: 'boolean' },
        last: { type: 'boolean' },
      }),
    },
    { content: [own], totalElements: 21, totalPages: 3, number: 1, size: 10, first: false, last: false },
  ],
  [
    'is the list of HAL, with its link',
    {
      wanted: 'list',
      output: object({
        _embedded: object({ orders: { type: 'array', items: order } }),
        _links: object({ self: object({ href: text }, ['href']) }),
      }),
    },
    { _embedded: { orders: [own] }, _links: { self: { href: '/orders/7' } } },
  ],
  [
    'is a page with its figures in an object of their own',
    {
      wanted: 'list',
      output: object({
        items: { type: 'array', items: order },
        meta: object({ total: integer, page: integer, hasMore: { type: 'boolean' }, next: text }, ['total']),
      }),
    },
    { items: [own], meta: { total: 21, page: 2, hasMore: true, next: '/orders?page=3' } },
  ],
  ['is in items where any object is allowed', { wanted: 'list', output: { type: 'object' } }, { items: [own] }],
  [
    'leaves out what the document forbids',
    { output: object({ id: integer, item: text }, [], { additionalProperties: false }) },
    { id: 7, item: 'tea' },
  ],
  [
    'leaves out an optional member of another kind',
    { output: object({ id: integer, item: { type: 'array', items: text }, qty: integer }) },
    { id: 7, qty: 2 },
  ],
  [
    'converts numbers to text, and an id to the thing that has it',
    { output: object({ id: integer, item: text, qty: object({ id: integer }) }) },
    { id: 7, item: 'tea', qty: { id: 2 } },
  ],
  [
    'has the smallest value for what is required and nobody knows',
    { output: object({ id: integer, owner: object({ name: { type: 'string', minLength: 2 } }, ['name']) }, ['owner']) },
    { ...own, owner: { name: 'xx' } },
  ],
  [
    'is the branch that takes what was sent',
    {
      output: {
        oneOf: [
          object({ id: integer, name: text }, ['id', 'name'], { additionalProperties: false }),
          object({ id: integer, item: text, qty: integer }, ['id', 'item'], { additionalProperties: false }),
        ],
      },
    },
    own,
  ],
  ['has its link', { output: object({ id: integer, self: text }, ['self']) }, { ...own, self: '/orders/7' }],
]

describe('the body of an answer', () => {
  it.each(cases)('%s', (_, served, expected) => {
    const body = serve({ input, sent, ...served })
    expect(body).toEqual(expected)
    expect(faultsOf(served.output, body)).toEqual([])
  })

  it('is none where no content is declared', () => {
    expect(serve({ input, sent, output: undefined as never })).toBeUndefined()
  })

  it.each([
    ['a binary file', { type: 'string', format: 'binary' }, 'one', /no object, no list and no id \(string/],
    ['a truth value', { type: 'boolean' }, 'one', /no object, no list and no id \(boolean/],
    ['a list that is a text', { type: 'string' }, 'list', /no list \(string is declared\)/],
  ] as const)('cannot be %s', (_, output, wanted, why) => {
    expect(serve({ input, sent, output: output as never, wanted })).toMatch(why)
  })

  it('cannot be a circle of required members, and that is told', () => {
    const output = object({ id: integer, next: { $ref: '#/$defs/Order' } }, ['next'], {
      $defs: { Order: object({ next: { $ref: '#/$defs/Order' } }, ['next']) },
    })
    expect(serve({ input, sent, output })).toMatch(/requires something that no value could be found for/)
  })

  it('is made in bounded time where a choice contains itself twice', () => {
    const choice = { anyOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/A' }] }
    const output = object({ id: integer, item: choice }, [], { $defs: { A: choice } })
    expect(serve({ input, sent, output })).toEqual({ id: 7, qty: 2 })
  })

  it('keeps members that are named like those of every object', () => {
    const body = serve({ input, output: order, sent: JSON.parse('{"item":"tea","__proto__":{"x":1},"constructor":2}') })
    expect(JSON.stringify(body)).toBe('{"id":7,"item":"tea","__proto__":{"x":1},"constructor":2}')
  })
})
