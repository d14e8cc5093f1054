import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'
import { validBody } from '../../src/generate/valid-body.ts'
import { toStandaloneSchema } from '../../src/target/to-standalone-schema.ts'
import { creationOf } from './creation-of.ts'

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{2,6}$/), { minLength: 1, maxLength: 5 })

/** A body made for a schema of a document. */
function bodyFor(schema: unknown, schemas: object, seed: number): Record<string, unknown> {
  const standalone = toStandaloneSchema({ components: { schemas } }, schema, 'request')
  expect(standalone.broken).toEqual([])
  const made = validBody(creationOf(standalone.schema), createFresh(seed))
  if (made.kind === 'impossible') throw new Error(made.reason)
  return made.body as Record<string, unknown>
}

describe('a body of a schema with a discriminator', () => {
  test('is of one branch, with what that one requires, and says which', () => {
    fc.assert(
      fc.property(
        names,
        fc.boolean(),
        fc.constantFrom('oneOf', 'anyOf'),
        fc.integer(),
        (all, isMapped, keyword, seed) => {
          // Only what is required tells the branches apart, besides the member that the discriminator names.
          const schemas = Object.fromEntries(
            all.map((name) => [
              name,
              {
                type: 'object',
                required: ['kind', `of${name}`],
                properties: { kind: { type: 'string' }, [`of${name}`]: { type: 'integer' } },
              },
            ]),
          )
          const mapping = Object.fromEntries(all.map((name) => [`is-${name}`, `#/components/schemas/${name}`]))
          const body = bodyFor(
            {
              [keyword]: all.map(reference),
              discriminator: { propertyName: 'kind', ...(isMapped && { mapping }) },
            },
            schemas,
            seed,
          )
          const told = all.find((name) => body['kind'] === (isMapped ? `is-${name}` : name))
          expect(told).toBeDefined()
          expect(Number.isInteger(body[`of${told}`])).toBe(true)
        },
      ),
    )
  })

  test('that stands in a base names one of the kinds that the mapping has', () => {
    fc.assert(
      fc.property(names, fc.integer(), (all, seed) => {
        const base = {
          type: 'object',
          required: ['kind'],
          properties: { kind: { type: 'string' }, weight: { type: 'integer' } },
          discriminator: {
            propertyName: 'kind',
            mapping: Object.fromEntries(all.map((name) => [name.toLowerCase(), `#/components/schemas/${name}`])),
          },
        }
        const children = all.map((name) => [name, { allOf: [reference('Base'), { type: 'object' }] }])
        const body = bodyFor(reference('Base'), { ...Object.fromEntries(children), Base: base }, seed)
        expect(all.map((name) => name.toLowerCase())).toContain(body['kind'])
      }),
    )
  })
})
