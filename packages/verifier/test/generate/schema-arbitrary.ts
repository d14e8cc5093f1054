import fc from 'fast-check'
import type { JsonSchema } from '../../src/target/target.ts'

const FORMATS = ['email', 'uuid', 'date', 'date-time', 'uri', 'ipv4', 'ipv6', 'hostname', 'time', 'duration']
const PATTERNS = [
  '^[A-Z]{2}-\\d{3,5}$',
  '^(red|green)+$',
  '^\\S+@\\S+$',
  '^[^x]{4}$',
  '^a?b*c{2,}$',
  '^\\p{L}{3}$',
  '^[\\w.-]+$',
]
const NAMES = ['name', 'email', 'qty', 'price', 'note', 'status', 'birthDate', 'a/b', 'x~y', 'items', 'code', 'example']

const text: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    .map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more })),
  fc.constant({ type: 'string' }),
  fc.constantFrom(...FORMATS).map((format) => ({ type: 'string', format })),
  fc.constantFrom(...PATTERNS).map((pattern) => ({ type: 'string', pattern })),
  fc.constant({ type: ['string', 'null'], maxLength: 12 }),
)

const number: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 1000 })).map(([minimum, span]) => ({
    type: 'integer',
    minimum,
    maximum: minimum + span,
  })),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 50 })).map(([low, span]) => ({
    type: 'number',
    exclusiveMinimum: low,
    exclusiveMaximum: low + span,
  })),
  fc.constantFrom({ type: 'number', minimum: 0, multipleOf: 0.01 }, { type: 'integer', multipleOf: 7, minimum: 10 }),
  fc.constantFrom<JsonSchema>({ type: 'integer' }, { type: 'number' }, { type: 'integer', maximum: -5 }),
)

const leaf: fc.Arbitrary<JsonSchema> = fc.oneof(
  text,
  number,
  fc.constant({ type: 'boolean' }),
  fc
    .uniqueArray(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 })
    .map((values) => ({ enum: values })),
  fc.oneof(fc.string(), fc.integer()).map((value) => ({ const: value })),
)

const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  object: fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 }),
      fc.array(tie('schema'), { minLength: 5, maxLength: 5 }),
      fc.nat({ max: 31 }),
      fc.boolean(),
    )
    .map(([names, members, mask, closed]) => ({
      type: 'object',
      properties: Object.fromEntries(names.map((name, index) => [name, members[index] as JsonSchema])),
      required: names.filter((_, index) => (mask >> index) % 2 === 1),
      ...(closed ? { additionalProperties: false } : {}),
    })),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('object'),
    fc
      .tuple(tie('schema'), fc.integer({ min: 0, max: 2 }))
      .map(([items, minItems]) => ({ type: 'array', items, minItems })),
    fc.tuple(tie('object'), tie('object')).map(([a, b]) => ({ anyOf: [a, b] })),
    tie('object').map((a) => ({
      allOf: [a, { type: 'object', properties: { extra: { type: 'string' } } }].slice(
        0,
        a['additionalProperties'] === false ? 1 : 2,
      ),
    })),
  ),
}))

/** Object schemas as documents have them, nested, with limits, formats, patterns and compositions. */
export const bodySchema: fc.Arbitrary<JsonSchema> = schema.map((member) => ({
  type: 'object',
  required: ['member'],
  properties: { member, label: { type: 'string', maxLength: 30 } },
}))

/** A document whose body is one of several kinds, told apart by a discriminator, with or without a mapping. */
export interface Discriminated {
  readonly document: Readonly<Record<string, unknown>>
  /** What the member `kind` says, and the members that a body of that kind must have. */
  readonly kinds: readonly { readonly value: string; readonly required: readonly string[] }[]
}

/** Choices as documents have them: by name or by reference, with `oneOf` or `anyOf`, open or closed. */
export const discriminated: fc.Arbitrary<Discriminated> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('Cat', 'Dog', 'Bird', 'Fish'), { minLength: 2, maxLength: 4 }),
    fc.array(leaf, { minLength: 4, maxLength: 4 }),
    fc.constantFrom('oneOf', 'anyOf'),
    fc.constantFrom('none', 'by reference', 'by name', 'some'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([names, members, keyword, mapped, closed, declared]) => {
    const schemas = Object.fromEntries(
      names.map((name, index) => {
        const own = `of${name}`
        const kind = declared || closed ? { kind: { type: 'string' } } : {}
        const properties = { ...kind, [own]: members[index] as JsonSchema }
        const required = [...(declared ? ['kind'] : []), own]
        return [name, { type: 'object', properties, required, ...(closed ? { additionalProperties: false } : {}) }]
      }),
    )
    const reference = (name: string) => `#/components/schemas/${name}`
    const isMapped = (index: number) => mapped !== 'none' && (mapped !== 'some' || index === 0)
    const kindOf = (name: string, index: number) => (isMapped(index) ? `${name.toLowerCase()}-kind` : name)
    const mapping = names.flatMap((name, index) =>
      isMapped(index) ? [[kindOf(name, index), mapped === 'by name' ? name : reference(name)] as const] : [],
    )
    const choice = {
      [keyword]: names.map((name) => ({ $ref: reference(name) })),
      discriminator: { propertyName: 'kind', ...(mapping.length > 0 && { mapping: Object.fromEntries(mapping) }) },
    }
    return {
      document: { openapi: '3.1.0', components: { schemas: { ...schemas, Animal: choice } } },
      kinds: names.map((name, index) => ({ value: kindOf(name, index), required: [`of${name}`] })),
    }
  })
