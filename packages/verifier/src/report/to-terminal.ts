import type { Level } from '../evidence/level.ts'
import { causesOf } from './causes-of.ts'
import { neutralise } from './neutralise.ts'
import type { Report, Result } from './report.ts'
import { wrap } from './wrap.ts'

/** How the terminal looks. */
export interface TerminalOptions {
  /** @default false */
  readonly color?: boolean
  /** Columns. @default 100 */
  readonly width?: number
}

const levels: readonly Level[] = ['error', 'warning', 'note']
const colors = { error: 31, warning: 33, note: 36, pass: 32, faint: 2, bold: 1 } as const
// What does not fit a screen is in the JSON report.
const mostLeftovers = 5
// What a terminal shows at once, as it has been since the VT100.
const screen = 24

/**
 * The report as text for a terminal: findings grouped by cause, then what could not be judged, then one line of counts.
 * Findings that fill more than a screen are told once more before the counts, in a line each.
 */
export function toTerminal(report: Report, options: TerminalOptions = {}): string {
  const width = Math.max(40, options.width ?? 100)
  const paint = (text: string, color: keyof typeof colors) =>
    options.color ? `\u001b[${colors[color]}m${text}\u001b[0m` : text
  const block = (label: string, text: string) =>
    wrap(neutralise(text), width, `    ${label.padEnd(6)} `, ' '.repeat(11))
  const fresh = causesOf({ results: report.results.filter(({ known }) => known !== true) })
  const lines: string[] = []

  const told = (results: readonly Result[]): string[] => {
    const first = results[0] as Result
    const places = merged(results).flatMap(({ message, operations }) => [
      `  ${neutralise(operations.join(', '))}`,
      ...block('seen', message),
    ])
    return [
      ...places,
      ...(first.fix === undefined ? [] : block('fix', first.fix)),
      ...(first.explainedBy === undefined
        ? []
        : block('see', `may be the same fault as ${first.explainedBy}: mend that first`)),
    ]
  }
  const by = ({ source, basis }: Result) => paint(neutralise(`${source} (${basis})`), 'faint')
  for (const { title, level, checks } of fresh) {
    const first = checks[0]?.findings[0] as Result
    const isOne = checks.length === 1
    const checksNamed = isOne ? by(first) : paint(`${checks.length} checks`, 'faint')
    lines.push(`${paint(level, level)} ${paint(neutralise(title), 'bold')} ${checksNamed}`)
    for (const { check, findings } of checks) {
      if (!isOne) lines.push(`  ${paint(check, 'bold')} ${by(findings[0] as Result)}`)
      lines.push(...told(findings))
    }
    if (first.cause !== undefined)
      lines.push(...block('cause', isOne ? `${first.cause.title}: ${first.cause.page}` : first.cause.page))
    if (first.reproduce !== undefined) lines.push(`    try    ${neutralise(first.reproduce)}`)
    lines.push('')
  }
  const isLong = lines.length > screen
  for (const operation of report.operations.filter((one) => !one.judged)) {
    lines.push(
      `${paint('not judged', 'warning')} ${neutralise(operation.id)}`,
      ...block('why', operation.reason ?? ''),
      '',
    )
  }
  const broken = report.results.filter(({ verdict }) => verdict === 'error')
  for (const { check, operation, message } of broken)
    lines.push(`${paint('broken', 'error')} ${check} on ${neutralise(operation)}`, ...block('why', message), '')
  const open = report.results.filter(
    ({ verdict, operation }) =>
      verdict === 'inconclusive' && report.operations.some(({ id, judged }) => id === operation && judged),
  )
  if (open.length > 0) {
    lines.push(paint('inconclusive', 'faint'))
    const byReason = new Map<string, string[]>()
    for (const [check, results] of grouped(open)) {
      const reason = results[0]?.message ?? ''
      byReason.set(reason, [...(byReason.get(reason) ?? []), check])
    }
    for (const [reason, names] of byReason)
      lines.push(...wrap(neutralise(`${names.join(', ')}: ${reason}`), width, '  ', '    '))
    lines.push('')
  }
  const vanished = report.baseline?.vanished ?? []
  if (vanished.length > 0) {
    lines.push(paint('known, and no longer found: --update-baseline forgets them', 'pass'))
    for (const { check, operation } of vanished)
      lines.push(...wrap(neutralise(`${check} on ${operation}`), width, '  ', '    '))
    lines.push('')
  }
  if (report.leftovers.length > 0) {
    lines.push(paint(`left behind in the target: ${report.leftovers.length}`, 'warning'))
    for (const leftover of report.leftovers.slice(0, mostLeftovers)) lines.push(`  ${neutralise(leftover)}`)
    if (report.leftovers.length > mostLeftovers)
      lines.push(`  … and ${report.leftovers.length - mostLeftovers} more, listed in the JSON report`)
    lines.push('')
  }
  const inferred = report.operations.flatMap((one) => one.inferred.map((text) => `${one.id}: ${text}`))
  if (inferred.length > 0)
    lines.push(
      paint('inferred, not declared', 'faint'),
      ...inferred.flatMap((text) => wrap(neutralise(text), width, '  ', '    ')),
      '',
    )
  if (isLong) {
    const longest = Math.max(...fresh.map(({ title }) => title.length))
    lines.push(paint('in short', 'faint'))
    for (const { level, title, checks } of fresh) {
      const operations = new Set(checks.flatMap(({ findings }) => findings.map(({ operation }) => operation)))
      const rest = shortened(neutralise(`${title.padEnd(longest)}  ${[...operations].join(', ')}`), width - 11)
      lines.push(`  ${paint(level, level)}${' '.repeat(9 - level.length)}${rest}`)
    }
    lines.push('')
  }
  const count = report.operations.length
  const summary = `${count} operation${count === 1 ? '' : 's'} at ${report.target.baseUrl}, ${byOf(report)}${report.requests} requests${report.readOnly === true ? ' (nothing was created)' : ''}, ${(report.durationMs / 1000).toFixed(1)} s, seed ${report.seed}`
  lines.push(...wrap(neutralise(summary), width, '', '').map((line) => paint(line, 'faint')))
  lines.push(countsOf(report, paint))
  return `${lines.map(withoutCommand).join('\n')}\n`
}

// The standards are what everybody expects; only other guidelines need to be named.
function byOf({ guidelines }: Report): string {
  return guidelines === undefined || guidelines.name === 'rfc' ? '' : `by ${guidelines.title}, `
}

function countsOf({ results }: Report, paint: (text: string, color: keyof typeof colors) => string): string {
  const count = (verdict: Result['verdict']) => results.filter((one) => one.verdict === verdict).length
  const isKnown = (one: Result) => one.known === true
  const known = causesOf({ results: results.filter(isKnown) }).length
  const causes = causesOf({ results: results.filter((one) => !isKnown(one)) })
  const [gravest] = causes
  const byLevel = levels.flatMap((level) => {
    const own = causes.filter((one) => one.level === level).length
    return own === 0 ? [] : [`${own} ${level}${own === 1 ? '' : 's'}`]
  })
  const parts = [
    paint(`${count('pass')} passed`, 'pass'),
    gravest === undefined
      ? `no ${known > 0 ? 'new ' : ''}findings`
      : paint(`${causes.length} finding${causes.length === 1 ? '' : 's'} (${byLevel.join(', ')})`, gravest.level),
    ...(known > 0 ? [`${known} known`] : []),
    `${count('inconclusive')} inconclusive`,
    `${count('skip')} skipped`,
    ...(count('error') > 0 ? [paint(`${count('error')} broken`, 'error')] : []),
  ]
  return parts.join(' · ')
}

// GitHub's runner obeys a line of output that begins with `::`, indented or not.
function withoutCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\x3a')
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text
}

function grouped(results: readonly Result[]): Map<string, Result[]> {
  const groups = new Map<string, Result[]>()
  for (const result of results) groups.set(result.check, [...(groups.get(result.check) ?? []), result])
  return groups
}

// The same message on several operations is one finding to read.
function merged(results: readonly Result[]): { message: string; operations: string[] }[] {
  const byMessage = new Map<string, string[]>()
  for (const { message, operation } of results) byMessage.set(message, [...(byMessage.get(message) ?? []), operation])
  return [...byMessage.entries()].map(([message, operations]) => ({ message, operations }))
}
