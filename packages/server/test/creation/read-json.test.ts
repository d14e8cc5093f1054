import canonicalizePackage from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonText, readJson } from '../../src/creation/json/read-json.ts'

// Its types describe an ES module, which it is not.
const canonicalize = canonicalizePackage as unknown as (value: unknown) => string

function read(text: string): JsonText {
  const reading = readJson(text)
  if (reading.kind !== 'json') throw new Error(`${text}: ${reading.detail}`)
  return reading
}

const canonical = (text: string) => read(text).canonical()

/** Writes a value with members in another order, white space, escapes and other spellings of its numbers. */
function disguise(value: unknown, choose: () => number): string {
  const space = () => ['', ' ', '\n\t', '\r '][choose() % 4]!
  const string = (text: string) =>
    `"${text
      .split('')
      .map((unit) => {
        const plain = unit >= ' ' && unit !== '"' && unit !== '\\' && !/[\ud800-\udfff]/.test(unit)
        return plain && choose() % 3 !== 0 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
      })
      .join('')}"`
  const number = (n: number) => {
    // A zero behind the zero would be a leading zero, which JSON has not.
    if (n === 0) return ['0', '0.0', '0e0', '0E-1', '-0'][choose() % 5]!
    if (Number.isInteger(n) && Math.abs(n) < 1e15)
      return [`${n}`, `${n}.0`, `${n}e0`, `${n}0E-1`, `${n}.00e+0`][choose() % 5]!
    return `${n}`
  }
  const walk = (v: unknown): string => {
    if (typeof v === 'string') return string(v)
    if (typeof v === 'number') return number(v)
    if (Array.isArray(v)) return `[${space()}${v.map((e) => space() + walk(e) + space()).join(',')}]`
    if (typeof v === 'object' && v !== null) {
      const members = Object.entries(v).map(
        ([name, e]) => `${space()}${string(name)}${space()}:${space()}${walk(e)}${space()}`,
      )
      for (let i = members.length - 1; i > 0; i--) {
        const j = choose() % (i + 1)
        ;[members[i], members[j]] = [members[j]!, members[i]!]
      }
      return `{${space()}${members.join(',')}}`
    }
    return JSON.stringify(v)
  }
  return `${space()}${walk(value)}${space()}`
}

const jsonValue = fc.jsonValue({ stringUnit: 'binary' })
const choices = fc.infiniteStream(fc.nat({ max: 1_000_000 }))

describe('the value', () => {
  it('is what JSON.parse returns', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(read(JSON.stringify(value)).value).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('keeps its prototype when a member is named __proto__', () => {
    const { value, unsafeNames } = read('{"a":[{"__proto__":{"admin":true}}],"\\u005f_proto__":1}')
    const [inner] = (value as { a: Record<string, unknown>[] }).a
    expect(Object.getPrototypeOf(inner)).toBe(Object.prototype)
    expect(inner!['admin']).toBeUndefined()
    expect(Object.keys(inner!)).toEqual(['__proto__'])
    expect(unsafeNames).toEqual(['/a/0/__proto__', '/__proto__'])
  })

  it('names the integers that lost digits', () => {
    const { inexact } = read(
      '{"a/b":[1,9007199254740993,-9007199254740993],"~":9007199254740993.0,"e":90071992547409930e-1}',
    )
    expect(inexact).toEqual(['/a~1b/1', '/a~1b/2', '/~0', '/e'])
  })

  it.each(['9007199254740992', '9007199254740991', '1e21', '100000000000000000000000', '0.1', '5e-324', '-0', '1.5'])(
    'has nothing inexact in %s',
    (token) => expect(read(`[${token}]`).inexact).toEqual([]),
  )

  it('does not name a fraction that lost digits, because a fraction is rounded anyway', () => {
    expect(read('[0.10000000000000001]').inexact).toEqual([])
  })

  it('bounds the pointers that it makes', () => {
    expect(read(`[${Array(5000).fill('9007199254740993').join()}]`).inexact).toHaveLength(20)
  })
})

describe('the canonical form', () => {
  it('is the one of RFC 8785 §3.2.2 and §3.2.4', () => {
    const text = `{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`
    // 333333333.33333329 is no shortest spelling: it keeps its digits, as a number that a double cannot repeat.
    expect(canonical(text.replace('333333333.33333329', '333333333.3333333'))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, as in RFC 8785 §3.2.3', () => {
    const text = `{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
      "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}`
    expect(
      Object.values(
        JSON.parse(
          `[${canonical(text)
            .slice(1, -1)
            .replace(/"[^"]*":("[^"]*")/g, '$1')}]`,
        ),
      ),
    ).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  // RFC 8785, appendix B: the double's bits and its canonical form.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('of the double %s is %s', (bits, expected) => {
    const double = new DataView(new BigUint64Array([BigInt(`0x${bits}`)]).buffer).getFloat64(0, true)
    expect(canonical(double.toExponential())).toBe(expected)
  })

  it('is that of the package canonicalize', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(canonical(JSON.stringify(value))).toBe(canonicalize(value))
      }),
    )
  })

  it('does not see order, white space, escapes and spelling of numbers', () => {
    fc.assert(
      fc.property(jsonValue, choices, (value, stream) => {
        expect(canonical(disguise(value, () => stream.next().value))).toBe(canonical(JSON.stringify(value)))
      }),
    )
  })

  it('is equal for equal numbers only', () => {
    const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    const shift = fc.integer({ min: -50, max: 50 })
    fc.assert(
      fc.property(digits, shift, digits, shift, fc.boolean(), (a, aShift, b, bShift, twin) => {
        const zeros = aShift - bShift
        if (twin && zeros < 0) return
        const other = twin ? a * 10n ** BigInt(zeros) : b
        const [left, right] = [`${a}e${aShift}`, `${other}e${bShift}`]
        const least = Math.min(aShift, bShift)
        const equal = a * 10n ** BigInt(aShift - least) === other * 10n ** BigInt(bShift - least)
        expect(canonical(left) === canonical(right)).toBe(equal)
      }),
    )
  })

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['9007199254740993.00', '9007199254740993'],
    ['90071992547409930', '9007199254740993e1'],
    ['0.10000000000000001', '10000000000000001e-17'],
    ['-12345678901234567891', '-12345678901234567891'],
    ['1e-400', '1e-400'],
    ['0e99999999999', '0'],
    ['-0.0', '0'],
    ['100000000000000000000000', '1e+23'],
  ])('of the number %s is %s', (token, expected) => expect(canonical(token)).toBe(expected))

  it.each(['\\\\', '\\"', '\\n', '\\u0000', '/', '\u007f', '\u2028'])('escapes %s as JSON.stringify does', (inner) => {
    expect(canonical(`"${inner}"`)).toBe(JSON.stringify(JSON.parse(`"${inner}"`)))
  })

  it('keeps members named __proto__ and integer-like names in their place', () => {
    expect(canonical('{"b":1,"__proto__":{"2":1,"10":9007199254740993},"a":1}')).toBe(
      '{"__proto__":{"10":9007199254740993,"2":1},"a":1,"b":1}',
    )
    expect(canonical('{"2":1,"10":2}')).toBe('{"10":2,"2":1}')
  })

  it('is the same from both paths through the reader', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = JSON.stringify(value)
        expect(canonical(`[${text},9007199254740993]`)).toBe(`[${canonical(text)},9007199254740993]`)
      }),
    )
  })

  it('is not changed by a member of Object.prototype that someone added', () => {
    const prototype = Object.prototype as Record<string, unknown>
    prototype['extra'] = 1
    try {
      expect(canonical('{"b":{},"a":1}')).toBe('{"a":1,"b":{}}')
      expect(readJson('{"a":1,"a":2}').kind).toBe('malformed')
    } finally {
      delete prototype['extra']
    }
  })
})

describe('refusals', () => {
  it.each([
    ['', 0, 'The text ends where a value is expected'],
    [' ', 1, 'The text ends where a value is expected'],
    ['\ufeff{}', 0, 'The text starts with a byte order mark, which JSON must not have'],
    ['{"a":1}x', 7, 'There is "x" where the end of the text is expected'],
    ['{} {}', 3, 'There is "{" where the end of the text is expected'],
    ['{a:1}', 1, 'There is "a" where a member name in double quotes is expected'],
    ['{"a":1,}', 7, 'There is "}" where a member name in double quotes is expected'],
    ['{"a" 1}', 5, 'There is "1" where ":" after a member name is expected'],
    ['{"a":1 "b":2}', 7, 'There is "\\"" where "," or "}" after a member is expected'],
    ['[1,]', 3, 'There is "]" where a value is expected'],
    ['[1 2]', 3, 'There is "2" where "," or "]" after an element is expected'],
    ["{'a':1}", 1, 'There is "\'" where a member name in double quotes is expected'],
    ['[01]', 2, 'There is "1" where "," or "]" after an element is expected'],
    ['[-]', 1, 'There is a "-" without a digit behind it'],
    ['[1.]', 2, 'There is "." where "," or "]" after an element is expected'],
    ['[NaN]', 1, 'There is "N" where a value is expected'],
    ['["a', 3, 'The text ends inside a string'],
    ['["a\nb"]', 3, 'A control character inside a string must be escaped'],
    ['["\\x41"]', 2, 'There is an escape that JSON does not have'],
    ['["\\u12g4"]', 2, 'There is an escape that JSON does not have'],
    ['[1e999]', 1, 'The number is too large: it overflows a double'],
    ['[-1e999]', 1, 'The number is too large: it overflows a double'],
    [`[${'9'.repeat(400)}]`, 1, 'The number is too large: it overflows a double'],
    ['[1e-9999999999]', 1, 'The number is too small: its exponent has too many digits'],
    ['["\\ud800"]', 2, 'There is a surrogate without its other half'],
    ['["\\udc00\\ud800"]', 2, 'There is a surrogate without its other half'],
    ['["\\udc00\\udc00"]', 2, 'There is a surrogate without its other half'],
    ['["\\ud800\\u0041"]', 2, 'There is a surrogate without its other half'],
    ['["\\ud800\\\\udc00"]', 2, 'There is a surrogate without its other half'],
    ['["\ud800"]', 2, 'There is a surrogate without its other half'],
    ['{"\\ud800":1}', 2, 'There is a surrogate without its other half'],
    ['{"a":1,"a":1}', 7, 'The member "/a" is given more than once'],
    ['{"a":1,"\\u0061":2}', 7, 'The member "/a" is given more than once'],
    ['[{"x/y":{"~":1,"~":2}}]', 15, 'The member "/0/x~1y/~0" is given more than once'],
    ['{"__proto__":1,"__proto__":2}', 15, 'The member "/__proto__" is given more than once'],
  ])('say what is wrong with %j at offset %d: %s', (text, offset, detail) => {
    expect(readJson(text)).toEqual({ kind: 'malformed', detail: `${detail}, at character ${offset}.`, offset })
  })

  it.each([
    '["\\ud83d\\ude00"]',
    '["😀"]',
    '["\\\\ud800"]',
    '["\\uD83D\\uDE00\\n\\"\\\\"]',
    '{"a":{"a":[{"a":1},{"a":":{"}]}}',
  ])('leave %j alone', (text) => expect(read(text).value).toEqual(JSON.parse(text)))

  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('begin behind 64 levels of %s', (open, close) => {
    expect(readJson(open.repeat(64) + (open === '[' ? '' : '1') + close.repeat(64)).kind).toBe('json')
    expect(readJson(open.repeat(65) + (open === '[' ? '' : '1') + close.repeat(65))).toMatchObject({
      kind: 'malformed',
      detail: expect.stringMatching(/^The nesting is deeper than 64 levels, at /),
    })
  })

  it('survive nesting that would end the stack', () => {
    expect(readJson('['.repeat(200_000) + ']'.repeat(200_000)).kind).toBe('malformed')
    expect(readJson('{"a":'.repeat(200_000)).kind).toBe('malformed')
  })

  it('cut the pointers that they show', () => {
    const name = 'n'.repeat(5000)
    const reading = readJson(`{"${name}":1,"${name}":2}`)
    expect(reading.kind === 'malformed' && reading.detail.length).toBeLessThan(300)
  })

  it('are those of JSON.parse and the stricter ones, on damaged texts', () => {
    const STRICTER = /more than once|surrogate|too large|too small|levels/
    const piece = fc.constantFrom(
      ...'{}[],:"\\/ \n\t\u0001\ufeff-+.eE0123456789tfnu',
      'true',
      'null',
      '\\u',
      '\\ud83d',
      '\ud800',
      '"a":',
      '1e400',
    )
    const edit = fc.record({ at: fc.nat(), remove: fc.nat({ max: 3 }), insert: fc.oneof(fc.constant(''), piece) })
    fc.assert(
      fc.property(jsonValue, choices, fc.array(edit, { maxLength: 3 }), (value, stream, edits) => {
        let text = disguise(value, () => stream.next().value)
        for (const { at, remove, insert } of edits) {
          const start = at % (text.length + 1)
          text = text.slice(0, start) + insert + text.slice(start + remove)
        }
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        const reading = readJson(text)
        if (reading.kind === 'json') expect(valid).toBe(true)
        else if (valid) expect(reading.detail).toMatch(STRICTER)
        else expect(reading.offset).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })
})
