// biome-ignore-all lint/suspicious/noThenProperty: It is a keyword of JSON Schema.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, it } from 'vitest'
import { type JsonSchemaOptions, jsonSchema } from '../../src/schemas/json-schema.ts'
import { outcomeOf } from './refusal.ts'

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })
const text = { type: 'string' }
const whole = { type: 'integer' }

/** The errors of a value, as one line each. */
async function errorsOf(schema: object, value: unknown, options?: JsonSchemaOptions): Promise<readonly string[]> {
  const { errors = [] } = await outcomeOf(jsonSchema(schema, options), value)
  return errors.map(({ pointer, detail }) => `${pointer} ${detail}`).sort()
}

describe('every fault has the pointer of its member', () => {
  it.each<[string, object, unknown, readonly string[]]>([
    ['type', object({ a: text, b: whole }), { a: 1, b: '2' }, ['/a must be string', '/b must be integer']],
    ['required', object({ a: text }, { required: ['a', 'b/c'] }), {}, ['/a is missing', '/b~1c is missing']],
    [
      'a member of an element',
      { type: 'array', items: object({ a: text }, { required: ['a'] }) },
      [{ a: '' }, {}],
      ['/1/a is missing'],
    ],
    [
      'an unknown member',
      object({ a: text }),
      { a: '', x: 1, 'y/~': 2 },
      ['/x is not a known member', '/y~1~0 is not a known member'],
    ],
    [
      'additionalProperties that have a schema',
      object({}, { additionalProperties: text }),
      { 'm~/n': 1, '~1': 1 },
      ['/m~0~1n must be string', '/~01 must be string'],
    ],
    [
      'patternProperties',
      object({}, { patternProperties: { '^x-': whole } }),
      { 'x-a': '1', y: 1 },
      ['/x-a must be integer', '/y is not a known member'],
    ],
    [
      'propertyNames',
      { type: 'object', propertyNames: { pattern: '^[a-z]+$' } },
      { 'A/B': 1 },
      ['/A~1B has a name that must match pattern "^[a-z]+$"'],
    ],
    [
      'dependentRequired',
      object({ a: text, b: text }, { dependentRequired: { a: ['b'] } }),
      { a: '' },
      ['/b is missing: it is needed together with a'],
    ],
    [
      'enum and const',
      object({ a: { enum: ['x', 1] }, b: { const: 'y' } }),
      { a: 2, b: 2 },
      ['/a must be one of "x", 1', '/b must be "y"'],
    ],
    ['a forbidden member', object({ a: false }), { a: 1 }, ['/a is not taken here']],
    ['not', object({ a: { type: 'string', not: { enum: ['admin'] } } }), { a: 'admin' }, ['/a is not taken here']],
    ['format', object({ a: { type: 'string', format: 'email' } }), { a: 'x' }, ['/a must match format "email"']],
    ['sizes', object({ a: { type: 'string', minLength: 2 } }), { a: '' }, ['/a must not have fewer than 2 characters']],
    [
      'if and then',
      object({ a: text, b: text }, { if: { required: ['a'] }, then: { required: ['b'] } }),
      { a: '' },
      ['/b is missing'],
    ],
    ['the whole', whole, 'x', [' must be integer']],
  ])('%s', async (_, schema, value, expected) => {
    expect(await errorsOf(schema, value)).toEqual(expected)
  })
})

describe('of alternatives', () => {
  const card = object({ kind: { const: 'card' }, number: text }, { required: ['kind', 'number'] })
  const bank = object({ kind: { const: 'bank' }, iban: text }, { required: ['kind', 'iban'] })
  const payment = { $defs: { card, bank }, oneOf: [{ $ref: '#/$defs/card' }, { $ref: '#/$defs/bank' }] }

  it('only the faults of the one that was meant are told', async () => {
    expect(await errorsOf(payment, { kind: 'card', number: 5, x: 1 })).toEqual([
      '/number must be string',
      '/x is not a known member',
    ])
    expect(await errorsOf(object({ by: { oneOf: [card, bank] } }), { by: { kind: 'bank' } })).toEqual([
      '/by/iban is missing',
    ])
  })

  it('the kinds are named where none was meant, and the types where they differ', async () => {
    expect(await errorsOf(payment, { kind: 'cash' })).toEqual(['/kind must be one of "card", "bank"'])
    expect(await errorsOf({ anyOf: [text, { type: 'null' }] }, 1)).toEqual([' must be string or null'])
    const tagged = {
      ...object({ kind: text }),
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [card, bank],
    }
    expect(await errorsOf(tagged, { kind: 'cash' })).toContain('/kind is none of the kinds that are taken')
  })

  it('one error says that none matches, or more than one', async () => {
    const none = {
      anyOf: [
        { type: 'string', maxLength: 1 },
        { type: 'string', pattern: '^a' },
      ],
    }
    expect(await errorsOf(none, 'bb')).toEqual([' matches none of the ways in which it may be given'])
    const both = {
      oneOf: [
        { type: 'number', minimum: 0 },
        { type: 'number', maximum: 9 },
      ],
    }
    expect(await errorsOf(both, 5)).toEqual([' matches more than one of the ways in which it may be given'])
  })

  it('the members of another one are unknown, and removed by choice', async () => {
    const value = { kind: 'card', number: '5', iban: 'x' }
    expect(await errorsOf(payment, value)).toEqual(['/iban is not a known member'])
    const stripped = await outcomeOf(jsonSchema(payment, { unknown: 'strip' }), value)
    expect(stripped).toEqual({ value: { kind: 'card', number: '5' } })
  })
})

describe('unknown members', () => {
  const schema = object({
    a: text,
    deep: object({ b: text }),
    free: { type: 'object' },
    list: { type: 'array', items: object({ c: text }) },
  })
  const sent = { a: '', x: 1, deep: { y: 2 }, free: { z: 3 }, list: [{ c: '', w: 4 }] }

  it('are refused at every depth; an object that names no member stays open', async () => {
    expect(await errorsOf(schema, sent)).toEqual(
      ['/deep/y', '/list/0/w', '/x'].map((pointer) => `${pointer} is not a known member`),
    )
  })

  it('are removed or kept by choice, and what was sent is not changed', async () => {
    const before = structuredClone(sent)
    expect(await outcomeOf(jsonSchema(schema, { unknown: 'strip' }), sent)).toEqual({
      value: { a: '', deep: {}, free: { z: 3 }, list: [{ c: '' }] },
    })
    expect(await outcomeOf(jsonSchema(schema, { unknown: 'keep' }), sent)).toEqual({ value: sent })
    expect(sent).toEqual(before)
  })

  it('do not hide other faults where they are removed', async () => {
    expect(await errorsOf(schema, { a: 1, x: 1 }, { unknown: 'strip' })).toEqual(['/a must be string'])
  })

  it('are what the schema says where it says so, and parts of one object know each other', async () => {
    expect(await errorsOf({ ...object({ a: text }), additionalProperties: true }, { x: 1 })).toEqual([])
    const closed = { ...object({ a: text }), additionalProperties: false }
    expect(await errorsOf(closed, { x: 1 }, { unknown: 'strip' })).toEqual(['/x is not a known member'])
    expect(await errorsOf({ allOf: [object({ a: text }), object({ b: text })] }, { a: '', b: '', c: 1 })).toEqual([
      '/c is not a known member',
    ])
  })

  it('are told beside the fault of a part, and the members of that part are not among them', async () => {
    const parts = { $defs: { a: object({ a: text }) }, $ref: '#/$defs/a' }
    expect(await errorsOf(parts, { a: 1, x: 1 })).toEqual(['/a must be string', '/x is not a known member'])
  })
})

describe('nothing is changed unasked', () => {
  it('neither coerced nor filled in; defaults come by choice, into a copy', async () => {
    const schema = object({ a: whole, b: { type: 'integer', default: 1 } })
    expect(await errorsOf(schema, { a: '1' })).toEqual(['/a must be integer'])
    expect(await outcomeOf(jsonSchema(schema), { a: 1 })).toEqual({ value: { a: 1 } })
    const sent = Object.freeze({ a: 1 })
    expect(await outcomeOf(jsonSchema(schema, { defaults: true }), sent)).toEqual({ value: { a: 1, b: 1 } })
    expect(sent).toEqual({ a: 1 })
  })

  it('a member with a name of the prototype is missing unless it was sent, and changes no prototype', async () => {
    expect(await errorsOf(object({ constructor: { type: 'object' } }, { required: ['constructor'] }), {})).toEqual([
      '/constructor is missing',
    ])
    const sent = JSON.parse('{"a":"","__proto__":{"admin":true}}')
    const { value } = await outcomeOf(jsonSchema(object({ a: text }), { unknown: 'strip' }), sent)
    expect([(value as { admin?: boolean }).admin, Object.keys(value as object)]).toEqual([undefined, ['a']])
  })

  it('19.99 is a multiple of 0.01, unless the last bit shall count', async () => {
    const schema = { type: 'number', multipleOf: 0.01 }
    expect([await errorsOf(schema, 19.99), await errorsOf(schema, 19.999)]).toEqual([[], [' must be multiple of 0.01']])
    expect(await errorsOf(schema, 19.99, { multipleOfPrecision: 20 })).toHaveLength(1)
  })
})

describe('uniqueItems', () => {
  const unique = { type: 'array', uniqueItems: true, items: object({ a: {}, b: {} }) }

  it('finds two items that are equal, whatever the order of their members', async () => {
    expect(await errorsOf(unique, [{ a: 1, b: 'x' }, { a: 1 }, { b: 'x', a: 1 }])).toEqual([
      ' must not have duplicate items (items ## 0 and 2 are identical)',
    ])
    expect(await errorsOf(unique, [{ a: 1 }, { a: '1' }, { a: true }, { a: null }, {}, { a: [1] }])).toEqual([])
    expect(await errorsOf({ ...unique, uniqueItems: false }, [{}, {}])).toEqual([])
  })

  it('looks at tens of thousands of objects once, and does not compare each with all others', async () => {
    const items = Array.from({ length: 50_000 }, (_, a) => ({ a }))
    expect(await errorsOf(unique, items)).toEqual([])
    expect(await errorsOf(unique, [...items, { a: 0 }])).toHaveLength(1)
  })
})

describe('the limits of sizes', () => {
  it('are told alone: what lies beyond them is neither compared nor matched', async () => {
    // Each letter more doubles the time of this pattern; here it would still end, with an error of its own.
    const slow = { type: 'string', maxLength: 20, pattern: '^(a+)+$' }
    const list = { type: 'array', maxItems: 3, uniqueItems: true, items: whole }
    const schema = object({ first: whole, slow, list }, { required: ['first'] })
    expect(await errorsOf(schema, { slow: `${'a'.repeat(22)}!` })).toEqual([
      '/slow must not have more than 20 characters',
    ])
    expect(await errorsOf(schema, { list: Array(1_000).fill({}) })).toEqual(['/list must not have more than 3 items'])
  })

  it('count among all faults where a reference leads into an alternative', async () => {
    const schema = object({
      a: { anyOf: [{ type: 'string', maxLength: 2 }, { type: 'null' }] },
      b: { $ref: '#/properties/a/anyOf/0' },
    })
    expect(await errorsOf(schema, { a: 'abc', b: 'abc' })).toContain('/b must not have more than 2 characters')
  })

  it('leave an array of a hundred thousand faults with an answer of a hundred', async () => {
    const { errors } = await outcomeOf(jsonSchema({ type: 'array', items: text }), Array(100_000).fill(1))
    expect(errors).toHaveLength(100)
    expect(errors![99]).toEqual({ pointer: '/99', detail: 'must be string' })
  })
})

describe('a schema that is wrong fails when it is defined', () => {
  it.each<[string, unknown, RegExp]>([
    ['a word that does not exist', { propertis: {} }, /unknown keyword: "propertis"/],
    ['a type that does not exist', { type: 'objet' }, /The JSON Schema is wrong: .*type/],
    ['a reference to nothing', { $ref: '#/$defs/none' }, /can't resolve reference/],
    ['a format that does not exist', { type: 'string', format: 'emial' }, /unknown format "emial"/],
    ['a keyword of another type', { type: 'string', minimum: 1 }, /strictTypes/],
    ['no object', 'string', /must be an object/],
    ['another draft', { $schema: 'http://json-schema.org/draft-04/schema#' }, /draft 2020-12 or draft 7/],
  ])('%s', (_, schema, message) => {
    expect(() => jsonSchema(schema as object)).toThrow(TypeError)
    expect(() => jsonSchema(schema as object)).toThrow(message)
  })

  it('unless it is right in other words: parts without a type, several types, annotations of OpenAPI', async () => {
    const schema = {
      ...object({ a: { type: ['string', 'null'], example: 'x' }, b: text }),
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    }
    expect(await errorsOf(schema, { a: null })).toEqual([])
  })
})

describe('draft 7', () => {
  const $schema = 'http://json-schema.org/draft-07/schema#'
  it('is read where $schema says so, with its tuples and dependencies', async () => {
    const schema = {
      $schema,
      ...object({ a: text, b: text, at: { type: 'array', items: [whole, text] } }, { dependencies: { a: ['b'] } }),
    }
    expect(await errorsOf(schema, { a: '', at: ['x', 1], c: 1 })).toEqual([
      '/at/0 must be integer',
      '/at/1 must be string',
      '/b is missing: it is needed together with a',
      '/c is not a known member',
    ])
  })
  it('closes objects of several parts too', async () => {
    const schema = {
      $schema,
      definitions: { a: object({ a: text }) },
      allOf: [{ $ref: '#/definitions/a' }, object({ b: text })],
    }
    expect(await errorsOf(schema, { a: '', b: '', c: 1 })).toEqual(['/c is not a known member'])
  })
})

describe('what the schema needs', () => {
  it('is added to ajv: other schemas, formats, keywords', async () => {
    const schema = object({
      a: { $ref: 'https://example.test/money' },
      b: { type: 'string', format: 'sku', 'x-note': 1 },
    })
    const input = jsonSchema(schema, {
      prepare(ajv) {
        ajv.addSchema({ $id: 'https://example.test/money', ...whole } as never)
        ajv.addFormat('sku', /^[A-Z]{3}$/ as never)
        ajv.addKeyword('x-note' as never)
      },
    })
    expect((await outcomeOf(input, { a: 'x', b: 'x' })).errors).toEqual([
      { pointer: '/a', detail: 'must be integer' },
      { pointer: '/b', detail: 'must match format "sku"' },
    ])
  })

  it('formats can be left to say something and assert nothing', async () => {
    expect(await errorsOf({ type: 'string', format: 'email' }, 'x', { formats: false })).toEqual([])
  })
})

describe('it shows itself as Standard JSON Schema', () => {
  const shown = (schema: object, target: string, options?: JsonSchemaOptions) =>
    jsonSchema(schema, options)['~standard'].jsonSchema.input({ target })

  it('is what both standards call a schema', () => {
    const input: StandardSchemaV1<{ a: string }> & StandardJSONSchemaV1<{ a: string }> = jsonSchema<{ a: string }>(
      object({ a: text }),
    )
    expect(input['~standard'].vendor).toBe('createonce')
  })

  it('says what becomes of unknown members, and is a copy', () => {
    const schema = object({ a: text })
    expect(shown(schema, 'draft-2020-12')).toEqual({ ...schema, additionalProperties: false })
    expect(shown(schema, 'draft-2020-12', { unknown: 'strip' })).toEqual(schema)
    expect(schema).not.toHaveProperty('additionalProperties')
  })

  it('draft 7 becomes 2020-12 where both say it alike; nothing else is converted', () => {
    const seven = { $schema: 'http://json-schema.org/draft-07/schema', ...object({ a: text }) }
    expect(shown(seven, 'draft-2020-12')['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(shown(seven, 'draft-07')['$schema']).toBe('http://json-schema.org/draft-07/schema')
    expect(() => shown({ ...seven, dependencies: { a: ['b'] } }, 'draft-2020-12')).toThrow('cannot be written')
    expect(() => shown(object({}), 'openapi-3.0')).toThrow('cannot be written as "openapi-3.0"')
  })
})
