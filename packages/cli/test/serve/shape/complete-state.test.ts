import { describe, expect, it } from 'vitest'
import { completeState } from '../../../src/serve/shape/shape.ts'
import { facts, NOW, object, rooted } from './support.ts'

const text = { type: 'string' }
const integer = { type: 'integer' }
const dateTime = { type: 'string', format: 'date-time' }

function complete(shown: object, sent: object, input: object = {}, required: readonly string[] = [], members = {}) {
  const bodies = {
    resources: [rooted(object(shown, required))],
    inputs: [rooted(object(input))],
    idMember: 'id',
  }
  return completeState(bodies, sent as never, { ...facts, members })
}

describe('what is kept of a body', () => {
  it.each([
    ['createdAt', dateTime, NOW.toISOString()],
    ['created_at', text, NOW.toISOString()],
    ['dateCreated', { type: 'string', format: 'date' }, '2026-01-02'],
    ['lastModified', { type: 'integer', format: 'int64' }, NOW.getTime()],
    ['timestamp', { type: 'integer', format: 'int32' }, Math.floor(NOW.getTime() / 1000)],
    ['version', integer, 1],
    ['revision', text, '1'],
    ['commentCount', integer, 0],
    ['verified', { type: 'boolean' }, false],
    ['tags', { type: 'array', items: text }, []],
    ['status', { type: 'string', enum: ['open', 'closed'] }, 'open'],
    ['state', { type: 'string', default: 'new' }, 'new'],
  ])('has %s (%j) as a server sets it', (name, schema, expected) => {
    expect(complete({ id: integer, [name]: { ...schema, readOnly: true } }, {})).toEqual({ [name]: expected })
  })

  it('has what was sent, and not the id, which is kept apart', () => {
    const shown = { id: integer, item: text }
    expect(complete(shown, { id: 5, item: 'tea', more: [1] }, shown)).toEqual({ item: 'tea', more: [1] })
  })

  it('has an id of its own for each item of a list that answers show with one', () => {
    const lines = (id: object, required: readonly string[] = []) => ({
      lines: { type: 'array', items: object({ ...id, sku: text }, required) },
    })
    const sent = { lines: [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }] }
    const numbered = [
      { id: 1, sku: 'a' },
      { id: 2, sku: 'b' },
      { id: 3, sku: 'c' },
    ]
    expect(complete(lines({ id: integer }), sent, lines({}))).toEqual({ lines: numbered })
    expect(complete(lines({ id: { ...integer, readOnly: true } }), sent, lines({ id: integer }))).toEqual({
      lines: numbered,
    })
    const given = { lines: [{ id: 2, sku: 'a' }, { sku: 'b' }, { sku: 'c' }] }
    expect(complete(lines({ id: integer }, ['id']), given, lines({ id: integer }))).toEqual({
      lines: [
        { id: 2, sku: 'a' },
        { id: 1, sku: 'b' },
        { id: 3, sku: 'c' },
      ],
    })
    // Where clients may send one, and need not, there may be none.
    expect(complete(lines({ id: integer }), sent, lines({ id: integer }))).toEqual(sent)
  })

  it('has the ids of parents that the path says, by any spelling', () => {
    expect(complete({ user_id: integer }, {}, {}, [], { userId: '3' })).toEqual({ userId: '3', user_id: 3 })
  })

  it('has defaults of members that were not sent', () => {
    expect(
      complete({ id: integer }, { qty: 2 }, { qty: { type: 'integer', default: 1 }, size: { default: 'M' } }),
    ).toEqual({
      qty: 2,
      size: 'M',
    })
  })

  it('has no optional member of the input that nobody sent and nothing says', () => {
    expect(complete({ note: text, done: { type: 'boolean' } }, {}, { note: text, done: { type: 'boolean' } })).toEqual(
      {},
    )
  })

  it('has what an answer requires, as small as may be', () => {
    const shown = { level: { type: 'integer', minimum: 3 }, name: { type: 'string', example: 'Ada' } }
    expect(complete(shown, {}, {}, ['level', 'name'])).toEqual({ level: 3, name: 'Ada' })
  })

  it('has no secrets: neither what is writeOnly nor passwords, at any depth', () => {
    const secret = { type: 'string', format: 'password' }
    const input = {
      pin: { type: 'string', writeOnly: true },
      login: object({ name: text, password: secret }),
      keys: { type: 'array', items: object({ secret: { type: 'string', writeOnly: true }, label: text }) },
    }
    const sent = { pin: '1', login: { name: 'ada', password: 'p' }, keys: [{ secret: 's', label: 'l' }] }
    expect(complete({ id: integer }, sent, input)).toEqual({ login: { name: 'ada' }, keys: [{ label: 'l' }] })
  })

  it('is the same for the same facts', () => {
    const shown = { id: integer, ref: { type: 'string', format: 'uuid', readOnly: true } }
    expect(complete(shown, {})).toEqual(complete(shown, {}))
  })
})
