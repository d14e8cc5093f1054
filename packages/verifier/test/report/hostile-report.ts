import type { Report, Result } from '../../src/index.ts'
import { toCurl } from '../../src/report/to-curl.ts'

/** What a target may send to act on whatever shows a report: a text for every place where text of its own can stand. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'the end of a script':
    '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">',
  'the end of a comment, of a style, of a title': '--></style></title></textarea><svg onload=document.title="owned">',
  'the end of an attribute': `" onmouseover="document.title='owned'" x='`,
  'the end of a CDATA section': ']]><injected/>&#0;&bogus;<![CDATA[',
  'escapes of a terminal': '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\u0000\u0008',
  'links and HTML of Markdown':
    '[owned](javascript:alert(1)) ![x](http://evil.test/x.png) <b>bold</b> `code` ``` | cell @everyone #1 https://evil.test',
  'a block of Markdown': '\n\n# owned\n\n~~~\n```\n</details>\n- item\n',
  'commands of GitHub':
    '\n::error file=app.js,line=1::owned\n::set-output name=x::y\r::stop-commands::z\n%0A::error::owned',
  'an older command of GitHub': 'a ##[error]owned ##vso[task.complete]',
  'a command where a line may break': `${'word '.repeat(7)}::error::owned ${'word '.repeat(9)}::error::owned ${'word '.repeat(20)}::error::owned`,
  'a formula of a spreadsheet': '=HYPERLINK("http://evil.test","owned")',
  'signs that turn the direction of writing': '\u202egnp.exe\u2066abc\u2028def',
  'half a surrogate pair': 'x\ud800y\uffff',
}

/** A report in which every text that comes from a target is `text`. */
export function hostileReport(text: string): Report {
  const operation = { id: text, method: 'POST', path: `/books/${text}`, policy: {}, inferred: [text] }
  const exchange = {
    id: 1,
    at: 0,
    race: 1,
    request: { method: 'POST', url: `http://localhost/${text}`, headers: [['X-Sent', text]] as const, body: text },
    response: { status: 201, headers: [['X-Received', text]] as const, body: JSON.stringify({ text }), ms: 1.5 },
  }
  const silent = { ...exchange, id: 2, response: { ...exchange.response, body: text } }
  const broken = {
    id: 3,
    at: 0,
    race: 1,
    request: exchange.request,
    failure: { reason: 'not-http' as const, detail: text },
  }
  const result: Result = {
    id: '0123456789abcdef',
    check: 'location-present',
    operation: text,
    verdict: 'fail',
    level: 'warning',
    basis: 'standard',
    source: 'RFC 9110 §9.3.3',
    message: text,
    fix: text,
    evidence: [1, 2, 3],
    reproduce: toCurl(exchange),
  }
  const quiet: Omit<Result, 'verdict'> = { ...result }
  return {
    schemaVersion: 1,
    tool: { name: 'createonce', version: '0.1.0' },
    target: { baseUrl: `http://localhost/${text}`, document: text, profile: text },
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 1234,
    seed: 42,
    requests: 3,
    operations: [
      { ...operation, judged: true },
      { ...operation, id: `other ${text}`, judged: false, reason: text },
    ],
    checks: [{ id: 'location-present', group: 'location', title: 'A created resource is named by Location.' }],
    results: [
      result,
      { ...quiet, check: 'created-status-201', verdict: 'error' },
      { ...quiet, check: 'location-resolves', verdict: 'inconclusive' },
      { ...quiet, check: 'body-equals-get', verdict: 'skip' },
      { ...quiet, check: 'input-roundtrip', verdict: 'pass' },
    ],
    exchanges: [exchange, silent, broken],
    leftovers: [text],
  }
}
