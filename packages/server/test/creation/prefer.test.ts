import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePrefer } from '../../src/creation/headers/prefer.ts'

describe('Prefer', () => {
  it.each([
    [['return=minimal'], 'minimal'],
    [['return=representation'], 'representation'],
    [['return="minimal"'], 'minimal'],
    [['Return = Minimal'], 'minimal'],
    [['return=minimal; foo="some parameter"'], 'minimal'],
    [['respond-async, wait=100, return=minimal'], 'minimal'],
    [['respond-async', 'handling=lenient', 'return=representation'], 'representation'],
    [['foo="return=minimal, return=minimal", return=representation'], 'representation'],
    [['return=minimal, return=representation'], 'minimal'],
    [['return=minimal', 'return=representation'], 'minimal'],
    [['foo="a\\", return=minimal", return=representation'], 'representation'],
    [['???, return=minimal'], 'minimal'],
    [[',, return=minimal,'], 'minimal'],
  ] as const)('%j asks for %s', (lines, asked) => expect(parsePrefer(lines)).toEqual({ return: asked }))

  it.each([
    [[]],
    [['']],
    [['respond-async']],
    [['return']],
    [['return=']],
    [['return=""']],
    [['return=headers-only']],
    [['return=headers-only, return=minimal']],
    [['foo; return=minimal']],
    [['returns=minimal']],
    [['return=minimal"']],
    [['return="minimal']],
    [['foo="unterminated, return=minimal']],
  ] as const)('%j asks for nothing that is known', (lines) => expect(parsePrefer(lines)).toEqual({}))

  it('never makes a request fail', () => {
    const line = fc.string({ unit: fc.constantFrom('return', '=', 'minimal', '"', '\\', ',', ';', ' ', 'é', '\0') })
    fc.assert(fc.property(fc.array(line), (lines) => typeof parsePrefer(lines) === 'object'))
  })
})
