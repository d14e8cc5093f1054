import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepts } from '../../../src/serve/shape/accepts.ts'
import { fit } from '../../../src/serve/shape/fit.ts'
import { NONE, smallest } from '../../../src/serve/shape/smallest.ts'
import { faultsOf, NOW, serve } from './support.ts'

const names = fc.constantFrom('item', 'qty', 'createdAt', 'tags', 'owner', 'status', 'version', 'note')

const scalar = fc.oneof(
  fc.constant({ type: 'boolean' }),
  fc.record({ type: fc.constant('string'), minLength: fc.nat(4) }, { requiredKeys: ['type'] }),
  fc.constantFrom('date', 'date-time', 'uuid', 'email', 'uri').map((format) => ({ type: 'string', format })),
  fc.constantFrom('^[a-z]{2,4}$', '^(ab|cd)-\\d+$', '^#[0-9A-F]{6}$').map((pattern) => ({ type: 'string', pattern })),
  fc
    .tuple(fc.constantFrom('integer', 'number'), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([type, minimum, more]) => ({ type, minimum, maximum: minimum + more })),
  fc.record({ type: fc.constant('integer'), multipleOf: fc.integer({ min: 1, max: 7 }), exclusiveMinimum: fc.nat(20) }),
  fc.constant({ type: ['string', 'null'] }),
  fc.constant({ enum: ['open', 'closed', 3] }),
)

const { schema: anySchema } = fc.letrec<{ schema: object; object: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    scalar,
    tie('object'),
    fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(2) }),
    fc.tuple(tie('schema'), tie('schema')).map((anyOf) => ({ anyOf })),
  ),
  object: fc
    .record({
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 5 }),
      isClosed: fc.boolean(),
      count: fc.nat(5),
    })
    .map(({ properties, isClosed, count }) => ({
      type: 'object',
      properties,
      required: Object.keys(properties).slice(0, count),
      ...(isClosed && { additionalProperties: false }),
    })),
}))

const objectSchema = fc
  .tuple(fc.dictionary(names, anySchema, { maxKeys: 6 }), fc.nat(6), fc.boolean())
  .map(([properties, count, isClosed]) => ({
    type: 'object',
    properties: { id: { type: 'integer' }, ...properties },
    required: Object.keys(properties).slice(0, count),
    ...(isClosed && { additionalProperties: false }),
  }))

describe('whatever a schema says', () => {
  it('the body is valid, though what was sent has nothing to do with it', () => {
    fc.assert(
      fc.property(objectSchema, fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })), (output, sent) => {
        const input = { type: 'object', properties: { item: {} } } as never
        expect(faultsOf(output, serve({ input, output: output as never, sent }))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('a value that is valid stays what it is', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const value = smallest(schema, schema as never, { now: NOW })
        if (value === NONE) return
        expect(faultsOf(schema, value)).toEqual([])
        expect(accepts(schema, value, schema as never)).toBe(true)
        expect(fit(schema, value, { root: schema as never, moment: { now: NOW } })).toEqual(value)
      }),
      { numRuns: 40 },
    )
  })

  it('our own look at a value agrees with the validator', () => {
    const values = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(names, fc.jsonValue({ maxDepth: 1 })))
    fc.assert(
      fc.property(anySchema, values, (schema, value) => {
        expect(accepts(schema, value, schema as never)).toBe(faultsOf(schema, value).length === 0)
      }),
      { numRuns: 60 },
    )
  })
})
