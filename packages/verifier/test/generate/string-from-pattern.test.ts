import { describe, expect, it } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'
import { stringFromPattern } from '../../src/generate/string-from-pattern.ts'

describe('a string from a pattern', () => {
  it.each([
    '^[A-Z]{2}[0-9]{6}$',
    '^(?:\\+49|0)[1-9]\\d{2,10}$',
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$',
    '^#[0-9a-fA-F]{6}$',
    '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
    '^\\d{1,3}(\\.\\d{1,3}){3}$',
    '^.{5,10}$',
    '^[\\w\\-]+$',
    '^\\u0041\\x42$',
    '^[\\u00e4-\\u00fc]{2}$',
    'abc',
    '^$',
    '^[)\\](]{3}$',
    '^a|b$',
    '^([a-c]|x{2}|)y$',
  ])('is matched by %s', (pattern) => {
    for (let seed = 0; seed < 20; seed++) {
      const text = stringFromPattern(pattern, createFresh(seed), seed % 5)
      expect(text, `seed ${seed}`).toMatch(new RegExp(pattern))
    }
  })

  it('is matched by a Unicode property', () => {
    expect(stringFromPattern('^\\p{Lu}\\p{L}+\\p{N}$', createFresh(1), 3)).toMatch(/^\p{Lu}\p{L}+\p{N}$/u)
  })
})
