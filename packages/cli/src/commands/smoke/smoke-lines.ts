import { neutralise, type Report, type Result, type TerminalOptions } from '@createonce/verifier'
import { wrapWords } from '../../wrap-words.ts'

const COLORS = { ok: 32, error: 31, warning: 33, note: 36, open: 2, skip: 2, broken: 31 } as const
type Word = keyof typeof COLORS

// What does not fit stands in the JSON report.
const LONGEST_PATH = 60

/** The report of a smoke run for a terminal: one line a step, then what was left behind, then one line in all. */
export function smokeLines(report: Report, { color = false, width = 100 }: TerminalOptions = {}): string {
  const paint = (word: Word, text: string) => (color ? `\u001b[${COLORS[word]}m${text}\u001b[0m` : text)
  const lines: string[] = []
  for (const { id, method, path, judged, reason } of report.operations) {
    const name = `${method} ${path}`
    lines.push(neutralise(id === name ? name : `${id}  ${name}`))
    if (!judged) lines.push(`  ${paint('warning', 'not judged')}  ${told(reason ?? '', width, 14)}`)
    // Where nothing was possible every step says so; once is enough.
    const own = report.results.filter((one) => one.operation === id && (judged || isTelling(one)))
    for (const result of own) {
      const word = wordOf(result)
      lines.push(
        `  ${paint(word, word.padEnd(8))} ${result.check.padEnd(9)} ${told(toldOf(result, report), width, 21)}`,
      )
      if (result.fix !== undefined) lines.push(`${' '.repeat(21)}fix: ${told(result.fix, width, 26)}`)
    }
  }
  const { leftovers } = report
  if (leftovers.length > 0) {
    lines.push('', paint('warning', `left behind in the target: ${leftovers.length}`))
    for (const leftover of leftovers) lines.push(`  ${neutralise(leftover)}`)
  }
  return `${[...lines, '', summaryOf(report)].map(withoutCommand).join('\n')}\n`
}

function isTelling({ verdict }: Result): boolean {
  return verdict !== 'inconclusive' && verdict !== 'skip'
}

function wordOf({ verdict, level }: Result): Word {
  if (verdict === 'fail') return level
  if (verdict === 'pass') return 'ok'
  return verdict === 'error' ? 'broken' : verdict === 'skip' ? 'skip' : 'open'
}

function toldOf({ verdict, message, evidence }: Result, { exchanges, target }: Report): string {
  if (verdict !== 'pass') return message
  // The last request of a step is the one that it is about.
  const last = exchanges.find(({ id }) => id === Math.max(...evidence))
  if (last === undefined) return message
  const { request, response } = last
  const path = request.url.startsWith(target.baseUrl) ? request.url.slice(target.baseUrl.length) : request.url
  const short = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path
  return `${request.method} ${short} → ${response?.status ?? 'no answer'}, ${Math.round(response?.ms ?? 0)} ms`
}

function told(text: string, width: number, indent: number): string {
  return wrapWords(neutralise(text), Math.max(40, width) - indent, ' '.repeat(indent))
}

function summaryOf({ operations, results, requests, durationMs, target, readOnly }: Report): string {
  const count = operations.length
  const all = `${count} operation${count === 1 ? '' : 's'} at ${target.baseUrl}${target.profile === undefined ? '' : ` (${target.profile})`}, ${requests} requests${readOnly === true ? ' (nothing was created)' : ''}, ${(durationMs / 1000).toFixed(1)} s`
  const of = (word: Word) => results.filter((one) => wordOf(one) === word).length
  const levels = (['error', 'warning', 'note'] as const)
    .filter((level) => of(level) > 0)
    .map((level) => `${of(level)} ${level}${of(level) === 1 ? '' : 's'}`)
  const found = levels.length === 0 ? 'no findings' : levels.join(', ')
  const more = [`${of('ok')} steps passed`, found, `${of('open')} inconclusive`, `${of('skip')} skipped`]
  return `${neutralise(all)}\n${more.join(' · ')}`
}

// GitHub's runner obeys a line of output that begins with `::`, indented or not.
function withoutCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/gm, '$1\\x3a')
}
