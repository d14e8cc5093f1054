import { describe, expect, test } from 'vitest'
import { takesOnlyNumbers } from '../../src/target/takes-only-numbers.ts'

describe('a member takes only numbers', () => {
  const schema = {
    properties: {
      role: { type: 'integer' },
      owner: { type: ['integer', 'null'] },
      either: { type: ['integer', 'string'] },
      name: { type: 'string' },
      tags: { type: 'array', items: { $ref: '#/$defs/Tag' } },
      lines: { type: 'array', items: { properties: { book: { type: 'number' } } } },
    },
    $defs: { Tag: { type: 'integer' } },
  }

  test.each([
    ['/role', true],
    ['/owner', true],
    ['/either', false],
    ['/name', false],
    ['/tags/0', true],
    ['/lines/0/book', true],
    ['/unknown', false],
  ])('at %s: %s', (pointer, expected) => {
    expect(takesOnlyNumbers(schema, pointer)).toBe(expected)
  })
})
