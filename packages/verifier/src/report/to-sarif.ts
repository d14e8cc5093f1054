import { documentUri } from './document-uri.ts'
import { jsonText } from './json-text.ts'
import { neutralise } from './neutralise.ts'
import type { Report, Result } from './report.ts'

/**
 * The findings as SARIF 2.1.0, for code scanning. A finding has the same partial fingerprint in every run, so that a
 * viewer tells new ones from known ones.
 */
export function toSarif(report: Report): string {
  const fails = report.results.filter(({ verdict }) => verdict === 'fail')
  const titles = new Map((report.checks ?? []).map(({ id, title, group }) => [id, { title, group }]))
  const gone = report.baseline?.vanished ?? []
  const ids = [...new Set([...fails, ...gone].map(({ check }) => check))]
  const rules = ids.map((id) => {
    const result = fails.find(({ check }) => check === id)
    const text = titles.get(id)?.title ?? id
    return {
      id,
      shortDescription: { text: plain(text) },
      ...(result === undefined
        ? {}
        : {
            fullDescription: { text: plain(`${text.replace(/\.$/, '')}. ${result.source} (${result.basis}).`) },
            help: { text: plain(result.fix ?? text) },
            defaultConfiguration: { level: result.level },
            properties: { tags: ['http', titles.get(id)?.group ?? 'creation', result.basis] },
          }),
    }
  })
  const run = {
    tool: { driver: { name: report.tool.name, version: report.tool.version, rules } },
    automationDetails: { id: 'createonce/' },
    columnKind: 'utf16CodeUnits',
    results: [
      ...fails.map((result) => toResult(report, result, ids)),
      ...gone.map((one) => ({
        ...absent(report, one.id, one.operation),
        ruleId: one.check,
        ruleIndex: ids.indexOf(one.check),
      })),
    ],
    invocations: [
      {
        executionSuccessful: report.operations.every(({ judged }) => judged),
        startTimeUtc: report.startedAt,
      },
    ],
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return jsonText(log)
}

function toResult(report: Report, result: Result, ids: readonly string[]): object {
  const { id, check, level, message, fix, reproduce, operation, cause, explainedBy } = result
  const lines = [
    `${operation}: ${message}`,
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
    ...(cause === undefined ? [] : [`Cause: ${cause.title}, ${cause.page}`]),
    ...(explainedBy === undefined ? [] : [`May be the same fault as ${explainedBy}: mend that first.`]),
    ...(reproduce === undefined ? [] : [`Try: ${reproduce}`]),
  ]
  return {
    ruleId: check,
    ruleIndex: ids.indexOf(check),
    level,
    message: { text: lines.map(plain).join('\n') },
    locations: [locationOf(report, operation)],
    ...(id === undefined ? {} : { partialFingerprints: { 'createonceFinding/v1': id } }),
    ...(cause === undefined
      ? {}
      : { properties: { cause: cause.id, ...(explainedBy !== undefined && { explainedBy }) } }),
    ...(report.baseline === undefined ? {} : { baselineState: result.known === true ? 'unchanged' : 'new' }),
  }
}

function absent(report: Report, id: string, operation: string): object {
  return {
    message: { text: plain(`${operation}: no longer found.`) },
    locations: [locationOf(report, operation)],
    partialFingerprints: { 'createonceFinding/v1': id },
    baselineState: 'absent',
  }
}

function locationOf(report: Report, id: string): object {
  const operation = report.operations.find((one) => one.id === id)
  const name = operation === undefined ? id : `${operation.method} ${operation.path}`
  return {
    // Code scanning shows no result without a line of a file; where in the document an operation stands is not known.
    physicalLocation: {
      artifactLocation: { uri: documentUri(report.target.document) },
      region: { startLine: 1 },
    },
    logicalLocations: [{ name: plain(name), fullyQualifiedName: plain(id), kind: 'member' }],
  }
}

/** Text of a SARIF message, in which `[text](target)` would be a link. */
function plain(text: string): string {
  return neutralise(text)
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replaceAll('](', '] (')
}
