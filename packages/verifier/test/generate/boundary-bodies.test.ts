import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundaryBodies } from '../../src/generate/boundary-bodies.ts'
import { createFresh } from '../../src/generate/fresh.ts'
import { compileSchema } from '../../src/target/compile-schema.ts'
import { creationOf, creationWith } from './creation-of.ts'
import { bodySchema } from './schema-arbitrary.ts'

const creation = creationWith({
  title: { type: 'string', maxLength: 60 },
  slug: { type: 'string', pattern: '^[a-z]+$', maxLength: 8 },
  pages: { type: 'integer', minimum: 1, maximum: 9999 },
  tags: { type: 'array', items: { type: 'string' } },
})
const bodies = boundaryBodies(creation, createFresh(7))
const named = (part: string) => bodies.find(({ name }) => name.includes(part))

describe('bodies at the edge of what is allowed', () => {
  it('are valid by whatever schema they are made from', () => {
    fc.assert(
      fc.property(bodySchema, fc.integer(), (schema, seed) => {
        const { accepts } = compileSchema(schema)
        for (const { name, body } of boundaryBodies(creationOf(schema), createFresh(seed)))
          expect(accepts(body), name).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('carry text of many scripts once, in a member that takes any text', () => {
    expect(bodies.filter(({ name }) => name.includes('many scripts'))).toHaveLength(1)
    expect(named('many scripts')).toMatchObject({
      pointer: '/title',
      value: expect.stringMatching(/e\u0301.*\p{Extended_Pictographic}/u),
    })
  })

  it('reach the longest text, counted in characters', () => {
    expect([...String(named('/title has the longest')?.value)]).toHaveLength(60)
  })

  it('reach both ends of the numbers', () => {
    expect(bodies.filter(({ pointer }) => pointer === '/pages').map(({ value }) => value)).toEqual([9999, 1])
  })

  it('have an empty list', () => {
    expect(named('/tags is an empty list')?.value).toEqual([])
  })
})
