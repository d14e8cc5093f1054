import { describe, expect, test } from 'vitest'
import type { JsonSchema } from '../../src/target/target.ts'
import { unknownMembersIn } from '../../src/target/unknown-members-in.ts'

const closed = { type: 'object', additionalProperties: false }
const open = { type: 'object', additionalProperties: { type: 'string' } }
const silent = { type: 'object', properties: { name: {} } }

describe('what a schema says about members that it does not name', () => {
  const cases: readonly (readonly [string, JsonSchema, string])[] = [
    ['nothing', silent, 'unsaid'],
    ['forbidden by additionalProperties', closed, 'forbidden'],
    ['welcome with true', { additionalProperties: true }, 'welcome'],
    ['welcome with a schema', open, 'welcome'],
    ['welcome by pattern', { ...silent, patternProperties: { '^x-': {} } }, 'welcome'],
    ['forbidden by unevaluatedProperties', { ...silent, unevaluatedProperties: false }, 'forbidden'],
    ['forbidden in a part of allOf', { allOf: [silent, closed] }, 'forbidden'],
    ['welcome in a part of allOf', { allOf: [silent, open] }, 'welcome'],
    ['forbidden behind a reference', { $ref: '#/$defs/a', $defs: { a: closed } }, 'forbidden'],
    ['forbidden in every choice', { oneOf: [closed, closed] }, 'forbidden'],
    ['left open by one choice', { oneOf: [closed, silent] }, 'unsaid'],
    ['welcome in one choice', { anyOf: [closed, open] }, 'welcome'],
  ]
  test.each(cases)('%s', (_, schema, said) => {
    expect(unknownMembersIn(schema)).toBe(said)
  })
})
