import { describe, expect, test } from 'vitest'
import { applyBaseline, type Exchange, toGithub, toHar, toJunit, toMarkdown, toSarif } from '../../src/index.ts'
import { reportOf, resultOf } from './report-of.ts'
import { harProblems, sarifProblems } from './schemas.ts'

const report = reportOf([
  resultOf({ check: 'created-status-201', verdict: 'pass', message: 'fine' }),
  resultOf(),
  resultOf({ operation: 'createOrder' }),
  resultOf({ check: 'method-405-allow', level: 'note' }),
  resultOf({ check: 'etag-201-current', verdict: 'skip', message: 'there is no ETag' }),
  resultOf({ check: 'body-equals-get', verdict: 'inconclusive', message: 'nothing can be read' }),
  resultOf({ check: 'input-roundtrip', level: 'error', operation: 'createOrder', fix: 'Store what was sent.' }),
])

describe('JUnit', () => {
  const text = toJunit(report)

  test('has a suite for each operation and a case for each result', () => {
    expect(text.match(/<testsuite [^>]*>/g)).toEqual([
      expect.stringContaining('name="POST /books" id="createBook" tests="5" failures="1" errors="0" skipped="2"'),
      expect.stringContaining('name="POST /orders" id="createOrder" tests="2" failures="2" errors="0" skipped="0"'),
    ])
  })

  test('fails for errors and warnings, and passes a note with its text', () => {
    expect(text).toMatch(/name="location-present"><failure type="warning" message="The 201 answer has no Location\.">/)
    expect(text).toMatch(/name="method-405-allow"><system-out>note: /)
  })

  test('skips what was not judged, and says why', () => {
    expect(text).toContain('<skipped message="inconclusive: nothing can be read"/>')
  })

  test('counts an operation that could not be judged as an error', () => {
    const [first, ...rest] = report.operations
    const unjudged = { ...report, operations: [{ ...first, judged: false, reason: 'no valid request' }, ...rest] }
    expect(toJunit(unjudged as typeof report)).toContain('<error type="not judged" message="no valid request"/>')
  })

  test('passes a known finding of a baseline', () => {
    const known = applyBaseline(reportOf([resultOf()]), [{ ...resultOf(), id: resultOf().id ?? '' }])
    expect(toJunit(known)).not.toContain('<failure')
  })
})

describe('SARIF', () => {
  const log = JSON.parse(toSarif(report))

  test('is valid by the official schema, as is that of a run without findings', () => {
    expect(sarifProblems(log)).toEqual([])
    expect(sarifProblems(JSON.parse(toSarif(reportOf([]))))).toEqual([])
    expect(sarifProblems({ ...log, version: '2.0.0' })).not.toEqual([])
  })

  test('has a result with a fingerprint for each finding, at the file of the document', () => {
    const { results, tool } = log.runs[0]
    expect(results).toHaveLength(4)
    expect(results[0]).toMatchObject({
      ruleId: 'location-present',
      level: 'warning',
      partialFingerprints: { 'createonceFinding/v1': resultOf().id },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'api/openapi.yaml' } } }],
    })
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })
})

describe('HAR', () => {
  const exchange: Exchange = {
    id: 7,
    at: 1500,
    request: {
      method: 'POST',
      url: 'http://x/books?a=1&b=%7B',
      headers: [['Content-Type', 'application/json']],
      body: '{}',
    },
    response: { status: 201, headers: [['Location', '/books/1']], body: '', ms: 12.5 },
  }
  const { id, request } = exchange
  const har = JSON.parse(
    toHar(
      reportOf([], { exchanges: [exchange, { id, request, failure: { reason: 'timeout', detail: 'no answer' } }] }),
    ),
  )

  test('is valid by the schema of 1.2', () => {
    expect(harProblems(har)).toEqual([])
    expect(harProblems({ log: { ...har.log, entries: [{}] } })).not.toEqual([])
  })

  test('has the time, the request and the answer of each exchange', () => {
    expect(har.log.entries[0]).toMatchObject({
      startedDateTime: '2030-01-01T00:00:01.500Z',
      time: 12.5,
      request: {
        queryString: [
          { name: 'a', value: '1' },
          { name: 'b', value: '{' },
        ],
        postData: { text: '{}' },
      },
      response: { status: 201, redirectURL: '/books/1' },
    })
    expect(har.log.entries[1].response).toMatchObject({ status: 0, comment: 'timeout: no answer' })
  })
})

describe('annotations of GitHub', () => {
  test('are a line for each cause, the gravest first, at the file of the document', () => {
    expect(toGithub(report).trimEnd().split('\n')).toEqual([
      '::error file=api/openapi.yaml,line=1,title=input-roundtrip::createOrder: The 201 answer has no Location.%0AFix: Store what was sent.',
      '::warning file=api/openapi.yaml,line=1,title=location-present::createBook, createOrder: The 201 answer has no Location.%0AFix: Send it.',
      '::notice file=api/openapi.yaml,line=1,title=method-405-allow::createBook: The 201 answer has no Location.%0AFix: Send it.',
    ])
  })

  test('name no file where the document came from the network', () => {
    const target = { baseUrl: 'http://localhost', document: 'http://localhost/openapi.json' }
    expect(toGithub({ ...report, target })).toMatch(/^::error title=input-roundtrip::/)
  })
})

describe('Markdown', () => {
  test('tells one cause once, with its fix and a command', () => {
    const text = toMarkdown(report)
    expect(text.match(/^### .*location/gm)).toHaveLength(1)
    expect(text).toContain('**Fix**: Send it\\.')
    expect(text).toContain('```sh\ncurl -i http://localhost/books\n```')
    expect(text).toContain('**1 passed · 3 findings · 1 inconclusive · 1 skipped**')
  })

  test('stays within what a comment holds, and says what is left out', () => {
    const many = Array.from({ length: 300 }, (_, n) => resultOf({ check: `check-${n}`, message: 'word '.repeat(300) }))
    const text = toMarkdown(reportOf(many))
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/^… and \d+ more, in the other reports\.$/m)
  })
})
