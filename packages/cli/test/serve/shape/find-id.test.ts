import { describe, expect, it } from 'vitest'
import { findId } from '../../../src/serve/shape/shape.ts'
import { object, rooted } from './support.ts'

const text = { type: 'string' }
const integer = { type: 'integer' }
const random = () => 0.25

interface Case {
  readonly shown?: object
  readonly input?: object
  readonly required?: readonly string[]
  readonly name?: string
  readonly schema?: object
  readonly noun?: string
}

function find({ shown = {}, input = {}, required = [], name = 'userId', schema = text, noun = 'user' }: Case) {
  return findId([rooted(object(shown))], [rooted(object(input, required))], { name, schema: schema as never }, noun)
}

describe('the id of a resource', () => {
  it.each([
    ['id', { id: integer, name: text }, 'userId'],
    ['_id', { _id: text, name: text }, 'userId'],
    ['userId', { userId: text, id: text }, 'userId'],
    ['user_id', { user_id: text }, 'userId'],
    ['uuid', { uuid: text, name: text }, 'userId'],
    ['username', { id: integer, username: text }, 'username'],
    ['slug', { id: integer, slug: text }, 'slug'],
    ['userId', { userId: integer, name: text }, 'id'],
  ])('is %s of %j, in the path as {%s}', (member, shown, name) => {
    expect(find({ shown, name })).toMatchObject({ member })
  })

  it('is given by the client where the body has to have it', () => {
    const found = find({
      shown: { username: text },
      input: { username: text },
      required: ['username'],
      name: 'username',
    })
    expect(found).toMatchObject({ givenBy: 'client' })
    expect(found.kind === 'id' && found.sent({ username: 'ada' })).toBe('ada')
  })

  it('is given by either where the body may have it, and not by a name that no path can have', () => {
    const found = find({ shown: { id: text }, input: { id: text } })
    expect(found).toMatchObject({ givenBy: 'either' })
    if (found.kind !== 'id') throw new Error(found.why)
    expect(['a', '', '..', null].map((id) => found.sent({ id }))).toEqual(['a', undefined, undefined, undefined])
  })

  it('is the one that was sent, also where the path of one says less than the body', () => {
    const schema = { type: 'integer', minimum: 1, maximum: 10 }
    const found = find({ shown: { id: { type: 'integer' } }, input: { id: { type: 'integer' } }, schema })
    if (found.kind !== 'id') throw new Error(found.why)
    expect([5, 1234567, 1.5, 'tea'].map((id) => found.sent({ id }))).toEqual(['5', '1234567', undefined, undefined])
  })

  it('is given by the server where it is read only', () => {
    const id = { type: 'integer', readOnly: true }
    const found = find({ shown: { id }, input: { id } })
    expect(found).toMatchObject({ givenBy: 'server' })
    expect(found.kind === 'id' && found.sent({ id: 5 })).toBeUndefined()
  })

  it.each([
    ['a number within its limits', { type: 'integer', minimum: 100, maximum: 200 }, 'integer', /^1\d\d$/],
    ['a UUID', { type: 'string', format: 'uuid' }, 'uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/],
    ['a UUID where nothing is said', text, 'uuid', /^[0-9a-f-]{36}$/],
    ['a text with the prefix of the example', { type: 'string', example: 'usr_1a2b3c' }, 'text', /^usr_[a-z0-9]{12}$/],
    ['a text that fits the pattern', { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' }, 'text', /^[A-Z]{3}-[0-9]{4}$/],
    ['a text as long as it may be', { type: 'string', maxLength: 6 }, 'text', /^[a-z0-9]{6}$/],
  ] as const)('is made as %s', (_, id, type, expected) => {
    const found = find({ shown: { id: { ...id, readOnly: true } }, schema: id })
    expect(found).toMatchObject({ type })
    expect(found.kind === 'id' && found.make(random)).toMatch(expected)
  })

  it.each([
    ['a pattern of few words', { type: 'string', pattern: '^(stable|latest)$' }, /none was found that matches/],
    ['a closed list', { type: 'string', enum: ['a', 'b'] }, /one of a closed list/],
    [
      'a pattern that contradicts its length',
      { type: 'string', pattern: '^[a-z]{20}$', maxLength: 3 },
      /none was found that matches/,
    ],
  ])('cannot be made from %s, and that is told', (_, schema, why) => {
    expect(find({ schema })).toEqual({ kind: 'unservable', why: expect.stringMatching(why) })
  })
})
