import fc from 'fast-check'
import { parseItem, serializeItem } from 'structured-headers'
import { describe, expect, it } from 'vitest'
import { parseKey } from '../../src/idempotency/key.ts'

const of = (line: string) => parseKey([line])
const bareUnit = fc
  .integer({ min: 0x21, max: 0x7e })
  .map((code) => String.fromCharCode(code))
  .filter((unit) => !'",;\\'.includes(unit))
const bare = fc.string({ unit: bareUnit, minLength: 1, maxLength: 255 })
const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))

describe('a key', () => {
  it('is absent without a line', () => expect(parseKey([])).toEqual({ kind: 'absent' }))

  it.each([
    ['8e03978e-40d5-43e8-bc93-6894a57f9324', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['"8e03978e-40d5-43e8-bc93-6894a57f9324"', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    [' \t abc \t', 'abc'],
    ['  "a b, c; d" ', 'a b, c; d'],
    [String.raw`"say \"hi\" \\o/"`, String.raw`say "hi" \o/`],
    ["!#$%&'()*+-./:<=>?@[]^_`{|}~", "!#$%&'()*+-./:<=>?@[]^_`{|}~"],
    ['" "', ' '],
    ['a'.repeat(255), 'a'.repeat(255)],
    [`"${'\\"'.repeat(255)}"`, '"'.repeat(255)],
  ])('is read from %j', (line, key) => expect(of(line)).toEqual({ kind: 'key', key }))

  it('is the same in both spellings', () => {
    fc.assert(
      fc.property(bare, (key) => {
        expect(of(key)).toEqual({ kind: 'key', key })
        expect(of(`"${key}"`)).toEqual(of(key))
      }),
    )
  })

  it('in quotes is the string of the package structured-headers', () => {
    fc.assert(
      fc.property(fc.string({ unit: printable, minLength: 1, maxLength: 255 }), (key) => {
        expect(of(serializeItem([key, new Map()]))).toEqual({ kind: 'key', key })
      }),
    )
  })

  it('in quotes is taken where structured-headers takes a string without parameters, and nowhere else', () => {
    const piece = fc.oneof(printable, fc.constantFrom('\\', '"', '\\"', '\\\\', ';a=1', ',"b"', '\u0000', 'é', '\t'))
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 12 }), fc.boolean(), (inner, closed) => {
        const line = closed ? `"${inner}"` : `"${inner}`
        let oracle: string | undefined
        try {
          const [value, parameters] = parseItem(line.trim())
          if (typeof value === 'string' && parameters.size === 0 && value !== '') oracle = value
        } catch {
          oracle = undefined
        }
        const parsed = of(line)
        expect(parsed.kind === 'key' ? parsed.key : undefined).toBe(oracle)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('an invalid key', () => {
  it.each([
    ['', 'is empty'],
    [' \t ', 'is empty'],
    ['""', 'is empty'],
    ['a'.repeat(256), 'has 256 characters'],
    [`"${'a'.repeat(256)}"`, 'has 256 characters'],
    ['abc,def', 'a comma'],
    ['"abc", "def"', 'more than once'],
    ['"abc";v=1', 'a parameter'],
    ['abc;v=1', 'a parameter'],
    ['"abc', 'no closing quote'],
    ['"abc\\"', 'no closing quote'],
    ['"abc\\', 'a backslash before'],
    ['"a\\bc"', 'a backslash before'],
    ['"abc"def', 'goes on behind'],
    ['abc def', 'a space inside'],
    ['ab"c', 'a quote or a backslash'],
    ['ab\\c', 'a quote or a backslash'],
    ['schlüssel', 'outside printable ASCII'],
    ['"schlüssel"', 'outside printable ASCII'],
    ['a\u0000b', 'outside printable ASCII'],
    ['"a\tb"', 'outside printable ASCII'],
    ['a\u007f', 'outside printable ASCII'],
  ])('%j is told what is wrong: %s', (line, what) => {
    expect(of(line)).toEqual({ kind: 'invalid', detail: expect.stringContaining(what) })
  })

  it('is a header that is given twice, even with the same key', () => {
    expect(parseKey(['abc', 'abc'])).toEqual({ kind: 'invalid', detail: expect.stringContaining('more than once') })
  })

  it('is never shown', () => {
    const secret = fc.constantFrom('s3cr3t', 'p4ssw0rd', 'hunter2')
    const junk = fc.string({ maxLength: 4 })
    fc.assert(
      fc.property(junk, secret, junk, (before, key, after) => {
        const parsed = of(`${before}${key}${after}`)
        if (parsed.kind === 'invalid') expect(parsed.detail).not.toContain(key)
      }),
    )
  })
})
