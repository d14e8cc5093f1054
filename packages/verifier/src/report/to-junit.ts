import { escapeEntities } from './escape-entities.ts'
import { neutralise } from './neutralise.ts'
import type { Report, Result } from './report.ts'

/**
 * The report as JUnit XML: a suite for each operation, a case for each check. A finding is a failure where it is an error
 * or a warning; a note passes and tells of itself in its output, as does a known finding of a baseline. What could not be judged is skipped, which is never success.
 */
export function toJunit(report: Report): string {
  const suites = report.operations.map(({ id, method, path, judged, reason }) => {
    const own = report.results.filter(({ operation }) => operation === id)
    const cases = own.map(testCase)
    // An operation that was not judged must not look like a suite without trouble.
    if (!judged)
      cases.push(
        `<testcase classname="${xml(id)}" name="judged"><error type="not judged" message="${xml(reason ?? '')}"/></testcase>`,
      )
    const count = (tag: string) => cases.filter((text) => text.includes(`<${tag} `)).length
    return `<testsuite name="${xml(`${method} ${path}`)}" id="${xml(id)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" timestamp="${xml(report.startedAt)}">
${cases.join('\n')}
</testsuite>`
  })
  const seconds = (report.durationMs / 1000).toFixed(3)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${xml(`createonce at ${report.target.baseUrl}`)}" time="${seconds}">
${suites.join('\n')}
</testsuites>
`
}

function testCase(result: Result): string {
  const open = `<testcase classname="${xml(result.operation)}" name="${xml(result.check)}"`
  const message = xml(result.message)
  if (result.verdict === 'pass') return `${open}/>`
  if (result.verdict === 'error') return `${open}><error type="broken check" message="${message}"/></testcase>`
  if (result.verdict !== 'fail') return `${open}><skipped message="${xml(result.verdict)}: ${message}"/></testcase>`
  const lines = [
    `${result.level}: ${result.message}`,
    `by: ${result.source} (${result.basis})`,
    ...(result.fix === undefined ? [] : [`fix: ${result.fix}`]),
    ...(result.cause === undefined ? [] : [`cause: ${result.cause.title}, ${result.cause.page}`]),
    ...(result.explainedBy === undefined ? [] : [`may be the same fault as: ${result.explainedBy}`]),
    ...(result.reproduce === undefined ? [] : [`try: ${result.reproduce}`]),
    ...(result.id === undefined ? [] : [`id: ${result.id}`]),
  ]
  const told = lines.map(xml).join('\n')
  if (result.level === 'note' || result.known === true) return `${open}><system-out>${told}</system-out></testcase>`
  return `${open}><failure type="${result.level}" message="${message}">${told}</failure></testcase>`
}

function xml(text: string): string {
  // Half a surrogate pair and the two non-characters are no characters of XML 1.0, however they are written.
  return escapeEntities(neutralise(text).replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd'))
}
