import { describe, expect, it } from 'vitest'
import { clientName } from '../../src/generate/client-name.ts'
import { createFresh } from '../../src/generate/fresh.ts'
import { bodiesOf } from '../../src/run/bodies-of.ts'
import type { Creation, JsonSchema } from '../../src/target/target.ts'

function put(schema: JsonSchema, body?: JsonSchema, name = 'id'): Creation {
  return {
    id: 'put',
    method: 'PUT',
    path: `/things/{${name}}`,
    parameters: [{ name, in: 'path', required: true, schema }],
    ...(body === undefined
      ? {}
      : { body: { mediaType: 'application/json', required: true, schema: body, examples: [] } }),
    responses: {},
    parents: [],
    policy: {},
    security: [],
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('a name of our own', () => {
  it.each<[string, JsonSchema, RegExp]>([
    ['a UUID where any text will do', { type: 'string' }, uuid],
    ['a UUID where that is the format', { type: 'string', format: 'uuid' }, uuid],
    ['by the pattern', { type: 'string', pattern: '^ORD-[0-9]{12}$' }, /^ORD-\d{12}$/],
    ['no longer than is allowed', { type: 'string', maxLength: 20 }, /^[\w-]{8,20}$/],
    ['a number far above what counters reach', { type: 'integer', minimum: 1 }, /^1\d{9}$/],
  ])('is %s', (_, schema, shape) => {
    const fresh = createFresh(3)
    const names = Array.from({ length: 20 }, () => clientName(put(schema), fresh))
    expect(new Set(names).size).toBe(20)
    for (const name of names) expect(name).toMatch(shape)
  })

  it.each<[string, JsonSchema]>([
    ['of a closed list', { enum: ['a', 'b'] }],
    ['too short to be free for certain', { type: 'string', pattern: '^[A-Z]{3}$' }],
    ['a small number', { type: 'integer', maximum: 1000 }],
  ])('is none where it would have to be %s', (_, schema) => {
    expect(clientName(put(schema), createFresh(3))).toBeUndefined()
    expect(() => bodiesOf(put(schema), createFresh(3)).name()).toThrow('free for certain')
  })

  it('fits the member that repeats it, too', () => {
    const body = { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^n-[a-z]{12}$' } } }
    expect(clientName(put({ type: 'string' }, body), createFresh(3))).toMatch(/^n-[a-z]{12}$/)
  })
})

describe('a body that repeats its name', () => {
  const member = (name: string, schema: JsonSchema = { type: 'string' }): JsonSchema => ({
    type: 'object',
    required: [name, 'title'],
    properties: { [name]: schema, title: { type: 'string', minLength: 3 } },
  })

  it.each<[string, JsonSchema, string, (body: never) => unknown]>([
    ['under the name of the parameter', member('slug'), 'slug', ({ slug }: { slug: string }) => slug],
    ['as its id', member('id'), 'thingId', ({ id }: { id: string }) => id],
    [
      'in data',
      { type: 'object', required: ['data'], properties: { data: member('id') } },
      'id',
      ({ data }: { data: { id: string } }) => data.id,
    ],
  ])('agrees with the path: %s', (_, schema, parameter, idIn) => {
    const bodies = bodiesOf(put({ type: 'string' }, schema, parameter), createFresh(3))
    const [one, other] = [bodies.valid(), bodies.valid()] as [never, never]
    expect(bodies.nameIn(one)).toBe(idIn(one))
    expect(bodies.nameIn(one)).not.toBe(bodies.nameIn(other))
    expect(bodies.nameIn(bodies.valid({ name: 'mine' }))).toBe('mine')
  })

  it('is a number where the member is one', () => {
    const bodies = bodiesOf(put({ type: 'integer' }, member('id', { type: 'integer' })), createFresh(3))
    expect(bodies.valid({ name: '1234567890' })).toMatchObject({ id: 1234567890 })
  })

  it('has an id of its own beside a slug in the path', () => {
    expect(
      bodiesOf(put({ type: 'string' }, member('id'), 'slug'), createFresh(3)).nameIn({ id: 'x', title: 'abc' }),
    ).toBe(undefined)
  })

  it('is never spoilt in its name, which would contradict the path besides', () => {
    const bodies = bodiesOf(put({ type: 'string' }, member('id')), createFresh(3))
    expect(bodies.invalid().map(({ pointer }) => pointer)).not.toContain('/id')
    expect(bodies.invalid().some(({ pointer }) => pointer === '/title')).toBe(true)
    expect(bodies.boundary().map(({ pointer }) => pointer)).not.toContain('/id')
  })
})
