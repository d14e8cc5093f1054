import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'
import { validBody } from '../../src/generate/valid-body.ts'
import { compileSchema } from '../../src/target/compile-schema.ts'
import type { Creation, JsonSchema } from '../../src/target/target.ts'
import { toStandaloneSchema } from '../../src/target/to-standalone-schema.ts'
import { creationOf, creationWith } from './creation-of.ts'
import { bodySchema, discriminated } from './schema-arbitrary.ts'

function bodyOf(creation: Creation, options = {}, fresh = createFresh(7)): Record<string, unknown> {
  const made = validBody(creation, fresh, options)
  if (made.kind === 'impossible') throw new Error(made.reason)
  return made.body as Record<string, unknown>
}

const person: JsonSchema = {
  type: 'object',
  required: ['email', 'name'],
  properties: {
    id: { type: 'string', readOnly: true },
    email: { type: 'string', format: 'email' },
    name: { type: 'string', minLength: 1, maxLength: 80 },
    age: { type: 'integer', minimum: 18, maximum: 120 },
    status: { type: 'string', enum: ['draft', 'active'], default: 'active' },
  },
}

describe('a valid body', () => {
  it('is accepted by whatever schema it is made from', () => {
    fc.assert(
      fc.property(bodySchema, fc.integer(), (schema, seed) => {
        const made = validBody(creationOf(schema), createFresh(seed))
        expect(made.kind === 'impossible' ? made.reason : compileSchema(schema).faults(made.body)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('has a number of its own where a number may name the resource, and small ones elsewhere', () => {
    const creation = {
      ...creationWith({ id: { type: 'integer' }, machineKey: { type: 'integer' }, seats: { type: 'integer' } }),
      read: { method: 'GET', path: '/things/{machineKey}', parameters: [], responses: {}, idParameter: 'machineKey' },
    } as const
    const fresh = createFresh(7)
    const bodies = Array.from({ length: 300 }, () => bodyOf(creation, {}, fresh))
    for (const name of ['id', 'machineKey']) expect(new Set(bodies.map((body) => body[name])).size).toBe(300)
    expect(Math.max(...bodies.map((body) => Number(body['seats'])))).toBeLessThan(1000)
  })

  it('has its natural key, also where that is an id that clients need not give', () => {
    const creation = {
      ...creationWith({ id: { type: 'integer' }, title: { type: 'string' } }),
      policy: { naturalKey: { value: ['id'], from: 'declared', why: 'declared by x-creation' } },
    } as const
    for (const minimal of [true, false]) {
      const first = bodyOf(creation, { minimal })
      expect(first['id']).toEqual(expect.any(Number))
      expect(bodyOf(creation, { minimal, keep: first }, createFresh(8))['id']).toBe(first['id'])
    }
  })

  it('is of one kind where a discriminator tells kinds apart, says which, and has what that kind needs', () => {
    fc.assert(
      fc.property(discriminated, fc.boolean(), fc.integer(), ({ document, kinds }, nested, seed) => {
        const animal = { $ref: '#/components/schemas/Animal' }
        const whole = nested ? { type: 'object', required: ['pet'], properties: { pet: animal } } : animal
        const { schema } = toStandaloneSchema(document, whole, 'request')
        const made = validBody(creationOf(schema), createFresh(seed))
        if (made.kind === 'impossible') throw new Error(made.reason)
        const held = nested ? (made.body as { pet: unknown }).pet : made.body
        const body = held as Record<string, unknown>
        const kind = kinds.find(({ value }) => value === body['kind'])
        expect(kind?.required.filter((name) => !(name in body))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('has no natural key twice in a thousand', () => {
    const properties = {
      email: { type: 'string', format: 'email' },
      username: { type: 'string', pattern: '^[a-z][a-z0-9]{3,15}$' },
      slug: { type: 'string', minLength: 4, maxLength: 6 },
      isbn: { type: 'string', pattern: '^97[89]\\d{10}$' },
      name: { type: 'string' },
      uuid: { type: 'string', format: 'uuid' },
      number: { type: 'integer', minimum: 1 },
      plate: { type: 'string', examples: ['B-XY 1234'], maxLength: 20 },
    }
    const creation = creationWith(properties)
    const fresh = createFresh(11)
    const seen = Object.fromEntries(Object.keys(properties).map((name) => [name, new Set<unknown>()]))
    for (let n = 0; n < 1000; n++) {
      for (const [name, value] of Object.entries(bodyOf(creation, {}, fresh))) seen[name]?.add(value)
    }
    expect(Object.fromEntries(Object.entries(seen).map(([name, values]) => [name, values.size]))).toEqual(
      Object.fromEntries(Object.keys(properties).map((name) => [name, 1000])),
    )
  })

  it('is the same for the same seed', () => {
    expect(bodyOf(creationOf(person))).toEqual(bodyOf(creationOf(person)))
  })

  it('marks its free texts, and leaves out what only the server sets', () => {
    const body = bodyOf(creationOf(person))
    expect(body['name']).toMatch(/^createonce-7-/)
    expect(Object.keys(body)).toEqual(['email', 'name', 'age', 'status'])
    expect(body['status']).toBe('active')
  })

  it('has only the required members when a minimal one is asked for', () => {
    expect(Object.keys(bodyOf(creationOf(person), { minimal: true }))).toEqual(['email', 'name'])
  })

  it('takes numbers from inside the range', () => {
    const { age } = bodyOf(creationOf(person))
    expect(age).toBeGreaterThan(18)
    expect(age).toBeLessThan(120)
  })

  it('is undefined for a creation without a body', () => {
    const { body: _, ...creation } = creationOf(person)
    expect(validBody(creation, createFresh(7))).toEqual({ kind: 'valid', body: undefined })
  })

  it('takes given members, by name and by pointer', () => {
    const creation = creationWith({
      name: { type: 'string' },
      address: { type: 'object', properties: { zip: { type: 'string' } } },
    })
    const body = bodyOf(creation, { with: { name: 'Ada', '/address/zip': '12345' } })
    expect(body).toEqual({ name: 'Ada', address: { zip: '12345' } })
  })

  it('keeps the natural key of a previous body and nothing else', () => {
    const creation = creationOf(person, { naturalKey: { value: ['email'], from: 'declared', why: '' } })
    const fresh = createFresh(7)
    const first = bodyOf(creation, {}, fresh)
    const second = bodyOf(creation, { keep: first }, fresh)
    expect(second['email']).toBe(first['email'])
    expect(second['name']).not.toBe(first['name'])
  })

  it('says what is wrong when none is possible', () => {
    const creation = creationOf({
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', minLength: 5, maxLength: 2 } },
    })
    const made = validBody(creation, createFresh(7))
    expect(made).toMatchObject({ kind: 'impossible', reason: expect.stringContaining('/a') })
  })

  it('does not send what names other resources, unless it must', () => {
    const properties = { title: { type: 'string' }, authorId: { type: 'integer' }, shelf_id: { type: 'integer' } }
    const body = bodyOf(creationOf({ type: 'object', required: ['shelf_id'], properties }))
    expect(Object.keys(body)).toEqual(['title', 'shelf_id'])
  })
})

describe('hard schemas', () => {
  const node = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, next: { $ref: '#/$defs/Node' } },
  }
  it.each<[string, JsonSchema]>([
    ['a circle', { ...node, $defs: { Node: node } }],
    ['a circle of lists', { type: 'object', properties: { kids: { type: 'array', items: { $ref: '#' } } } }],
    [
      'allOf with references',
      {
        allOf: [{ $ref: '#/$defs/Node' }, { required: ['b'], properties: { b: { type: 'integer' } } }],
        $defs: { Node: node },
      },
    ],
    [
      'oneOf that excludes each other',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
    ],
    ['anyOf with null first', { anyOf: [{ type: 'null' }, person] }],
    [
      'if and then',
      {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: ['card', 'cash'] } },
        if: { properties: { kind: { const: 'card' } } },
        // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
        then: { required: ['number'], properties: { number: { type: 'string', pattern: '^\\d{16}$' } } },
      },
    ],
    [
      'patternProperties and propertyNames',
      {
        type: 'object',
        minProperties: 2,
        patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
        additionalProperties: false,
      },
    ],
    [
      'property names of a list',
      {
        type: 'object',
        minProperties: 2,
        propertyNames: { enum: ['a', 'b', 'c'] },
        additionalProperties: { type: 'string' },
      },
    ],
    [
      'dependentRequired',
      {
        type: 'object',
        required: ['card'],
        properties: { card: { type: 'string' }, owner: { type: 'string' } },
        dependentRequired: { card: ['owner'] },
      },
    ],
    ['unique items of an enum', { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }],
    ['contains', { type: 'array', minItems: 1, contains: { const: 'x' }, items: { type: 'string' } }],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false, minItems: 2 }],
    [
      'multipleOf beside limits',
      {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'number', multipleOf: 0.05, minimum: 0.1, maximum: 0.2 } },
      },
    ],
    [
      'a pattern beside a length',
      {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', pattern: '^[a-z]+$', minLength: 20, maxLength: 20 } },
      },
    ],
    [
      'a format beside a short length',
      { type: 'object', required: ['a'], properties: { a: { type: 'string', format: 'email', maxLength: 32 } } },
    ],
    [
      'a member named __proto__',
      { type: 'object', required: ['__proto__'], properties: JSON.parse('{"__proto__":{"type":"integer"}}') },
    ],
    ['no type at all', { properties: { a: {}, b: { minLength: 3 } }, required: ['a', 'b'] }],
    ['a member that must not be', { type: 'object', properties: { a: { type: 'string' }, b: { not: {} } } }],
    ['an object without declared members', { type: 'object' }],
  ])('are filled: %s', (_, schema) => {
    for (let seed = 0; seed < 10; seed++) {
      const made = validBody(creationOf(schema), createFresh(seed))
      expect(made, `seed ${seed}`).toMatchObject({ kind: 'valid' })
      expect(compileSchema(schema).faults(made.kind === 'valid' ? made.body : undefined), `seed ${seed}`).toEqual([])
    }
  })

  it('come to an end where a circle has none', () => {
    const endless = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } }
    expect(validBody(creationOf(endless), createFresh(7)).kind).toBe('impossible')
  })

  it('fall back to an example where nothing else is accepted', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', pattern: '^(?=.*[A-Z])(?=.*\\d)(?!.*co).{9}$' } },
    }
    expect(bodyOf(creationOf(schema, {}, [{ a: 'Example09' }]))['a']).toBeDefined()
  })
})

describe('plausible values', () => {
  it.each<[string, JsonSchema, RegExp]>([
    ['email', { type: 'string' }, /^[^@]+@example\.com$/],
    ['website', { type: 'string' }, /^https:\/\/example\.com\//],
    ['phoneNumber', { type: 'string' }, /^\+1555\d{7}$/],
    ['isbn', { type: 'string' }, /^978\d{10}$/],
    ['currency', { type: 'string', examples: ['EUR'] }, /^EUR$/],
    ['country_code', { type: 'string', minLength: 2, maxLength: 2 }, /^DE$/],
    ['country', { type: 'string', pattern: '^[A-Z]{3}$' }, /^DEU$/],
    ['isbn', { type: 'string', pattern: '^\\d{9}[\\dX]$' }, /^\d{9}[\dX]$/],
    ['birthDate', { type: 'string', format: 'date' }, /^(19|20)\d\d-\d\d-\d\d$/],
    ['startsAt', { type: 'string', format: 'date-time' }, /^20[3-4]\d-.*Z$/],
    ['opens', { type: 'string', examples: ['08:30:00'] }, /^\d\d:\d\d:\d\d$/],
    ['plate', { type: 'string', examples: ['KA-1234'] }, /^KA-1\d{3}$/],
    ['title', { type: 'string', examples: ['Moby Dick'] }, /^createonce-7-/],
    ['kind', { type: 'string', examples: ['novel'] }, /^novel$/],
  ])('are made for %s %o', (name, schema, expected) => {
    expect(bodyOf(creationWith({ [name]: schema }))[name]).toMatch(expected)
  })

  it('have a check digit where books have one', () => {
    const digits = [...String(bodyOf(creationWith({ isbn: { type: 'string' } }))['isbn'])].map(Number)
    expect(digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 1 : 3), 0) % 10).toBe(0)
  })

  it('keep the example of a reference, and leave that of a unique member', () => {
    const properties = {
      ownerId: { type: 'string', examples: ['owner-1'] },
      currency: { type: 'string', examples: ['EUR'] },
    }
    expect(bodyOf(creationWith(properties))).toEqual({ ownerId: 'owner-1', currency: 'EUR' })
    const policy = { naturalKey: { value: ['currency'], from: 'declared' as const, why: '' } }
    expect(bodyOf(creationWith(properties, policy))['currency']).not.toBe('EUR')
  })

  it('take numbers from examples, unless they are keys', () => {
    const body = bodyOf(
      creationWith({ year: { type: 'integer', examples: [2024] }, number: { type: 'integer', examples: [5] } }),
    )
    expect(body['year']).toBe(2024)
    expect(body['number']).not.toBe(5)
  })
})
