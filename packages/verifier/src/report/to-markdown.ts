import { type Cause, causesOf } from './causes-of.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import { neutralise } from './neutralise.ts'
import type { Report, Result } from './report.ts'

const icons = { error: '❌', warning: '⚠️', note: 'ℹ️' } as const
// A comment of GitHub holds 65,536 characters.
const longest = 60_000

/** The report as Markdown for a pull request: the counts, then the new findings with fix and command, then the rest in brief. */
export function toMarkdown(report: Report): string {
  const fresh = causesOf({ results: report.results.filter(({ known }) => known !== true) })
  const knownCauses = causesOf({ results: report.results.filter(({ known }) => known === true) })
  const count = (verdict: Result['verdict']) => report.results.filter((one) => one.verdict === verdict).length
  const known = knownCauses.length
  const gone = report.baseline?.vanished ?? []
  const unjudged = report.operations.filter(({ judged }) => !judged)
  const counts = [
    `${count('pass')} passed`,
    `${countedFindings(fresh.length + known)}${known > 0 ? ` (${known} known)` : ''}`,
    `${count('inconclusive')} inconclusive`,
    `${count('skip')} skipped`,
    ...(count('error') > 0 ? [`${count('error')} broken`] : []),
  ]
  const lines = [
    `## Creation at ${escapeMarkdown(report.target.baseUrl)}`,
    '',
    `**${counts.join(' · ')}**`,
    '',
    ...(fresh.length === 0 ? ['No new findings.', ''] : []),
  ]
  let left = longest
  for (const [index, cause] of fresh.entries()) {
    const block = causeBlock(cause)
    left -= block.length
    if (left < 0) {
      lines.push(`… and ${fresh.length - index} more, in the other reports.`, '')
      break
    }
    lines.push(block, '')
  }
  lines.push(
    ...list(
      'No longer found',
      gone.map(({ check, operation }) => `${check} on ${operation}`),
    ),
  )
  lines.push(
    ...list(
      'Not judged',
      unjudged.map(({ id, reason = '' }) => `${id}: ${reason}`),
    ),
  )
  lines.push(...list('Left behind in the target', report.leftovers))
  lines.push(`${report.requests} requests in ${(report.durationMs / 1000).toFixed(1)} s, seed ${report.seed}.`)
  return `${lines.join('\n')}\n`
}

function causeBlock({ title, page, level, checks }: Cause): string {
  const isOne = checks.length === 1
  return [
    `### ${icons[level]} ${escapeMarkdown(title)} (${level})`,
    ...checks.flatMap(({ check, findings }) => [
      '',
      ...(isOne ? [] : [`**${escapeMarkdown(check)}**`, '']),
      ...told(findings),
    ]),
    ...(page === undefined ? [] : ['', `Cause and programs: ${escapeMarkdown(page)}`]),
  ].join('\n')
}

/** What one check found for a cause. */
function told(findings: readonly Result[]): string[] {
  const [first] = findings
  if (first === undefined) return []
  return [
    ...findings.map(({ operation, message }) => `- ${escapeMarkdown(operation)}: ${escapeMarkdown(message)}`),
    '',
    `By ${escapeMarkdown(`${first.source} (${first.basis})`)}.`,
    ...(first.explainedBy === undefined ? [] : ['', `May be the same fault as ${escapeMarkdown(first.explainedBy)}.`]),
    ...(first.fix === undefined ? [] : ['', `**Fix**: ${escapeMarkdown(first.fix)}`]),
    ...(first.reproduce === undefined ? [] : ['', fenced(first.reproduce)]),
  ]
}

function countedFindings(count: number): string {
  return `${count} finding${count === 1 ? '' : 's'}`
}

function list(title: string, items: readonly string[]): string[] {
  const most = 10
  if (items.length === 0) return []
  const shown = items.slice(0, most).map((item) => `- ${escapeMarkdown(item)}`)
  return [`### ${title}`, '', ...shown, ...(items.length > most ? [`- … and ${items.length - most} more`] : []), '']
}

function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
  return `${fence}sh\n${neutralise(text)}\n${fence}`
}
