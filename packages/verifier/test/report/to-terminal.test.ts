import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Report, type Result, toTerminal } from '../../src/index.ts'

const result = (more: Partial<Result>): Result => ({
  check: 'location-present',
  operation: 'createBook',
  verdict: 'fail',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §9.3.3',
  message: 'The 201 answer has no Location.',
  fix: 'Send it.',
  evidence: [1],
  reproduce: 'curl -i http://localhost/books',
  ...more,
})

const report = (results: readonly Result[], more: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  tool: { name: 'createonce', version: '0.1.0' },
  target: { baseUrl: 'http://localhost', document: 'openapi.json' },
  startedAt: '2030-01-01T00:00:00.000Z',
  durationMs: 1234,
  seed: 42,
  requests: 99,
  operations: [{ id: 'createBook', method: 'POST', path: '/books', policy: {}, inferred: [], judged: true }],
  results,
  exchanges: [],
  leftovers: [],
  ...more,
})

const hostile = '\u001b]0;owned\u0007\u001b[2J\r\n\u009b31m\u202Eabc\u2066'

/** Everything that a report can have, with what a target might send to act on the terminal. */
const longReport = report(
  [
    result({
      check: 'invalid-is-4xx',
      level: 'error',
      basis: 'derived',
      message: `${'It is wrong. '.repeat(12)}${hostile}`,
    }),
    result({
      check: 'invalid-is-4xx',
      level: 'error',
      basis: 'derived',
      operation: hostile,
      message: 'Something else.',
    }),
    result({}),
    result({ operation: 'createOrder' }),
    result({
      check: 'created-status-201',
      message: 'The answer is 200.',
      reproduce: `curl -i 'http://localhost/${hostile}'`,
    }),
    result({ check: 'malformed-is-400', level: 'note', fix: 'Refuse it. '.repeat(20) }),
    result({ check: 'method-405-allow', level: 'note', operation: 'createOrder' }),
    result({ check: 'location-resolves', verdict: 'inconclusive', message: hostile }),
    result({ check: 'prefer-handled', verdict: 'error', message: 'TypeError: x is undefined' }),
    result({ check: 'etag-201-current', verdict: 'skip', message: 'The answer has no ETag.' }),
    result({ check: 'body-equals-get', verdict: 'pass' }),
  ],
  {
    operations: [
      {
        id: 'createBook',
        method: 'POST',
        path: '/books',
        policy: { naturalKey: ['isbn'] },
        inferred: [`natural key isbn: ${hostile}`],
        judged: true,
      },
      { id: hostile, method: 'POST', path: '/', policy: {}, inferred: [], judged: false, reason: `500 ${hostile}` },
    ],
    leftovers: Array.from({ length: 7 }, (_, n) => `http://localhost/books/${n}${hostile}`),
  },
)

describe('the terminal report', () => {
  test('shows what was seen, the fix and a request that repeats it, and counts in its last line', () => {
    const text = toTerminal(
      report([result({}), result({ check: 'a', verdict: 'pass' }), result({ check: 'b', verdict: 'skip' })]),
    )
    expect(text).toBe(
      [
        'warning location-present RFC 9110 §9.3.3 (standard)',
        '  createBook',
        '    seen   The 201 answer has no Location.',
        '    fix    Send it.',
        '    try    curl -i http://localhost/books',
        '',
        '1 operation at http://localhost, 99 requests, 1.2 s, seed 42',
        '1 passed · 1 finding (1 warning) · 0 inconclusive · 1 skipped',
        '',
      ].join('\n'),
    )
  })

  test('names the cause of a finding, and the page with the fix', () => {
    const cause = { id: 'default-answer', title: 'The default is left', page: 'docs/reference/fixes/default-answer.md' }
    expect(toTerminal(report([result({ cause })]))).toContain(
      '    fix    Send it.\n    cause  The default is left: docs/reference/fixes/default-answer.md\n    try ',
    )
  })

  test('shows a finding that several operations share once', () => {
    const text = toTerminal(report([result({}), result({ operation: 'createOrder' })]))
    expect(text.match(/has no Location/g)).toHaveLength(1)
    expect(text).toContain('  createBook, createOrder\n')
  })

  test('puts errors before warnings and warnings before notes', () => {
    const text = toTerminal(
      report([result({ check: 'x', level: 'note' }), result({ check: 'y', level: 'error' }), result({})]),
    )
    expect(text.match(/^(error|warning|note) /gm)).toEqual(['error ', 'warning ', 'note '])
  })

  test('neutralises whatever the target sends to act on the terminal', () => {
    const attack = '\u001b]0;owned\u0007\u001b[2J\r\n\u009b31m\u202Eabc\u2066'
    const text = toTerminal(
      report([result({ message: attack, operation: attack, fix: attack, reproduce: attack })], {
        leftovers: [attack],
        target: { baseUrl: attack, document: attack },
        operations: [
          { id: attack, method: 'POST', path: '/', policy: {}, inferred: [attack], judged: false, reason: attack },
        ],
      }),
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066]/)
    expect(text).toContain('\\x1b]0;owned\\x07')
  })

  test('uses colour only when asked, and keeps to the width', () => {
    const long = result({ message: 'word '.repeat(100) })
    expect(toTerminal(report([long]), { color: true })).toContain('\u001b[33mwarning\u001b[0m')
    const lines = toTerminal(report([long]), { width: 70 }).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70)
  })

  const many = (count: number, more: Partial<Result> = {}) =>
    Array.from({ length: count }, (_, n) => result({ check: `check-${n}`, ...more }))

  test('tells findings that fill more than a screen once more in a line each, before the counts', () => {
    const text = toTerminal(
      report([...many(6), result({ check: 'check-0', operation: 'createOrder' }), ...many(1, { level: 'error' })]),
    )
    expect(text.split('\n').slice(-11)).toEqual([
      'in short',
      '  error    check-0  createBook, createOrder',
      '  warning  check-1  createBook',
      '  warning  check-2  createBook',
      '  warning  check-3  createBook',
      '  warning  check-4  createBook',
      '  warning  check-5  createBook',
      '',
      '1 operation at http://localhost, 99 requests, 1.2 s, seed 42',
      '0 passed · 6 findings (1 error, 5 warnings) · 0 inconclusive · 0 skipped',
      '',
    ])
  })

  test('tells findings that fit a screen once', () => {
    expect(toTerminal(report(many(4)))).not.toContain('in short')
    expect(toTerminal(report(many(5)))).toContain('in short')
  })

  test('keeps the overview to the width and to its lines, whatever operations are called', () => {
    const operation = `a\u001b[2J\n${'b'.repeat(100)}`
    const text = toTerminal(report(many(5, { operation }), { operations: [] }), { width: 60 })
    const overview = text.split('\n').filter((line) => line.startsWith('  warning'))
    expect(overview).toHaveLength(5)
    for (const line of overview) expect(line).toMatch(/^ {2}warning {2}check-\d {2}a\\x1b\[2J\\x0ab+…$/)
    expect(overview[0]).toHaveLength(60)
  })

  test('is the golden text, byte for byte, for a long report with hostile text', () => {
    const golden = readFileSync(new URL('long-report.golden.txt', import.meta.url), 'utf8')
    expect(toTerminal(longReport, { width: 80 })).toBe(golden)
  })

  test('says why an operation was not judged', () => {
    const text = toTerminal(
      report([], {
        operations: [
          {
            id: 'createBook',
            method: 'POST',
            path: '/books',
            policy: {},
            inferred: [],
            judged: false,
            reason: 'every attempt answered 500',
          },
        ],
      }),
    )
    expect(text).toContain('not judged createBook\n    why    every attempt answered 500')
  })
})
