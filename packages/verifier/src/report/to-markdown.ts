import { type Cause, causesOf } from './causes-of.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import { neutralise } from './neutralise.ts'
import type { Report, Result } from './report.ts'

const icons = { error: '❌', warning: '⚠️', note: 'ℹ️' } as const
// A comment of GitHub holds 65,536 characters.
const longest = 60_000

/** The report as Markdown for a pull request: the counts, then the new findings with fix and command, then the rest in brief. */
export function toMarkdown(report: Report): string {
  const causes = causesOf(report)
  const fresh = causes.filter(({ findings }) => findings.some(({ known }) => known !== true))
  const count = (verdict: Result['verdict']) => report.results.filter((one) => one.verdict === verdict).length
  const known = report.results.filter((one) => one.known === true).length
  const gone = report.baseline?.vanished ?? []
  const unjudged = report.operations.filter(({ judged }) => !judged)
  const counts = [
    `${count('pass')} passed`,
    `${count('fail')} findings${known > 0 ? ` (${known} known)` : ''}`,
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

function causeBlock({ check, level, findings }: Cause): string {
  const fresh = findings.filter(({ known }) => known !== true)
  const [first] = fresh
  if (first === undefined) return ''
  return [
    `### ${icons[level]} ${escapeMarkdown(check)} (${level})`,
    '',
    ...fresh.map(({ operation, message }) => `- ${escapeMarkdown(operation)}: ${escapeMarkdown(message)}`),
    '',
    `By ${escapeMarkdown(`${first.source} (${first.basis})`)}.`,
    ...(first.fix === undefined ? [] : ['', `**Fix**: ${escapeMarkdown(first.fix)}`]),
    ...(first.reproduce === undefined ? [] : ['', fenced(first.reproduce)]),
  ].join('\n')
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
