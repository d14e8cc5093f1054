import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toOperation, withCreations } from '../../src/openapi/index.ts'
import { define, emptyDocument, faultsOf, NO_FAULTS } from './define.ts'

const jsonSchema = {
  type: 'object',
  properties: { item: { type: 'string', minLength: 1 } },
  required: ['item'],
  additionalProperties: false,
}
const valibotSchema = v.strictObject({ item: v.pipe(v.string(), v.minLength(1)) })
const bodyOf = (settings: object): unknown =>
  toOperation(define(settings))['requestBody'].content['application/json'].schema

describe('the schema of the input', () => {
  it.each([
    ['zod', { input: z.strictObject({ item: z.string().min(1) }) }],
    ['arktype', { input: type({ '+': 'reject', item: 'string > 0' }) }],
    ['valibot, by toStandardJsonSchema', { input: toStandardJsonSchema(valibotSchema) }],
    ['the author', { input: valibotSchema, openapi: { input: jsonSchema } }],
    [
      'the author, by another schema',
      { input: valibotSchema, openapi: { input: toStandardJsonSchema(valibotSchema) } },
    ],
  ])('comes from %s, and the document is valid', async (_, settings) => {
    expect(bodyOf(settings)).toEqual(jsonSchema)
    const document = withCreations(emptyDocument(), { 'POST /orders': define(settings) })
    expect(document['components'].schemas.CreateOrderInput).toEqual(jsonSchema)
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
  })

  it('is never made up: without one it is an error that says what to do', () => {
    expect(() => bodyOf({ input: valibotSchema })).toThrow(/createOrder: its input, of valibot, .*toStandardJsonSchema/)
    const own = { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }) } }
    expect(() => bodyOf({ input: own })).toThrow(/createOrder: its input, of own, .*openapi\.input/)
  })

  it('that the library cannot write is an error that says what to do', () => {
    expect(() => bodyOf({ input: z.object({ at: z.date() }) })).toThrow(
      /createOrder: input cannot be written as JSON Schema: .*openapi\.input/,
    )
  })

  it('is what clients send, and that of the answer what they get', () => {
    const schema = z.object({ item: z.string().default('tea') })
    const operation = toOperation(define({ input: schema, openapi: { representation: schema } }))
    expect(operation['requestBody'].content['application/json'].schema).not.toHaveProperty('required')
    expect(operation['responses'][201].content['application/json'].schema.required).toEqual(['item'])
  })

  it('may name a component of the document', async () => {
    const $ref = '#/components/schemas/NewOrder'
    const given = emptyDocument({ components: { schemas: { NewOrder: jsonSchema } } })
    const document = withCreations(given, { 'POST /orders': define({ openapi: { input: { $ref } } }) })
    expect(document['paths']['/orders'].post.requestBody.content['application/json'].schema).toEqual({ $ref })
    expect(document['components'].schemas).not.toHaveProperty('CreateOrderInput')
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
  })
})
