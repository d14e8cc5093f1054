import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'
import { invalidBodies, twoFaults } from '../../src/generate/invalid-bodies.ts'
import { withoutValueAt } from '../../src/generate/pointer.ts'
import { compileSchema } from '../../src/target/compile-schema.ts'
import type { JsonSchema } from '../../src/target/target.ts'
import { creationOf } from './creation-of.ts'
import { bodySchema } from './schema-arbitrary.ts'

const order: JsonSchema = {
  type: 'object',
  required: ['email', 'qty', 'lines'],
  additionalProperties: false,
  properties: {
    email: { type: 'string', format: 'email' },
    qty: { type: 'integer', minimum: 1, maximum: 10 },
    note: { type: ['string', 'null'], minLength: 2, maxLength: 20 },
    status: { enum: ['open', 'paid'] },
    code: { type: 'string', pattern: '^[A-Z]{3}$' },
    ship: { type: 'object', required: ['zip'], properties: { zip: { type: 'string' } } },
    lines: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
    },
  },
}

const made = invalidBodies(creationOf(order), createFresh(7))
const rulesAt = (pointer: string) => made.filter((one) => one.pointer === pointer).map(({ rule }) => rule)

describe('invalid bodies', () => {
  it('are refused by whatever schema they are made from, and differ from a valid body in one place', () => {
    fc.assert(
      fc.property(bodySchema, fc.integer(), (schema, seed) => {
        const judge = compileSchema(schema)
        for (const { pointer, body, valid, name } of invalidBodies(creationOf(schema), createFresh(seed), {
          limit: 15,
        })) {
          expect(judge.accepts(body), name).toBe(false)
          expect(judge.accepts(valid), name).toBe(true)
          if (pointer !== '') expect(withoutValueAt(body, pointer), name).toEqual(withoutValueAt(valid, pointer))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('break every rule of a member', () => {
    expect(rulesAt('/email')).toEqual(expect.arrayContaining(['required', 'type', 'format', 'nullable']))
    expect(rulesAt('/qty')).toEqual(expect.arrayContaining(['required', 'type', 'minimum', 'maximum', 'nullable']))
    expect(rulesAt('/note')).toEqual(expect.arrayContaining(['type', 'minLength', 'maxLength']))
    expect(rulesAt('/status')).toContain('enum')
    expect(rulesAt('/code')).toContain('pattern')
    expect(rulesAt('/lines')).toContain('minItems')
  })

  it('break nested objects and the items of lists', () => {
    expect(rulesAt('/ship/zip')).toEqual(expect.arrayContaining(['required', 'type']))
    expect(rulesAt('/lines/0/sku')).toEqual(expect.arrayContaining(['required', 'type']))
  })

  it('are null only where null is not allowed', () => {
    expect(rulesAt('/note')).not.toContain('nullable')
    expect(rulesAt('/note')).not.toContain('required')
  })

  it('have an unknown member where only the declared ones are allowed', () => {
    expect(made.filter(({ rule }) => rule === 'additionalProperties')).toHaveLength(1)
  })

  it('are of the wrong type at the top', () => {
    expect(made.filter(({ pointer }) => pointer === '').map(({ body }) => body)).toEqual([[], 'not-an-object', null])
  })

  it('come with the most telling first', () => {
    expect(made.slice(0, 3).map(({ rule }) => rule)).toEqual(['required', 'required', 'required'])
    expect(made.at(0)?.name).toBe('/email is missing')
  })

  it('have a limit', () => {
    expect(invalidBodies(creationOf(order), createFresh(7), { limit: 4 })).toHaveLength(4)
  })

  it('have fresh values, so that none is a duplicate of another', () => {
    const emails = made.map(({ valid }) => (valid as { email: string }).email)
    expect(new Set(emails).size).toBe(emails.length)
  })

  it('do not exist where the schema forbids nothing', () => {
    expect(invalidBodies(creationOf({}), createFresh(7))).toEqual([])
  })
})

describe('a body with two faults', () => {
  it('is refused for both', () => {
    const twice = twoFaults(creationOf(order), createFresh(7))
    const places = compileSchema(order)
      .faults(twice?.body)
      .map(({ pointer }) => pointer)
    expect(twice?.pointers).toHaveLength(2)
    expect(places).toEqual(expect.arrayContaining([...(twice?.pointers ?? [])]))
  })

  it('has them in two places', () => {
    const schema = { type: 'object', required: ['qty'], properties: { qty: { type: 'integer', minimum: 1 } } }
    expect(twoFaults(creationOf(schema), createFresh(7))).toBeUndefined()
  })

  it('does not exist where only one thing can be wrong', () => {
    expect(twoFaults(creationOf({ type: 'object' }), createFresh(7))).toBeUndefined()
  })
})
