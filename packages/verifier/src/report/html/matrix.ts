import type { Report, Result } from '../report.ts'
import { type VerdictWord, verdictWord } from '../verdict-word.ts'
import { cellLink } from './cell-link.ts'
import { escapeHtml } from './escape-html.ts'

/** The sign of each word: it must be told from the others without its colour. */
export const signs: Readonly<Record<VerdictWord, string>> = {
  error: '✕',
  warning: '▲',
  note: '●',
  pass: '✓',
  inconclusive: '?',
  skip: '–',
  broken: '!',
}

// As many headings as stand side by side on a laptop; more are written upwards.
const mostUpright = 3

/** The table of operations and checks: a row for each check, a column for each operation, a link in each cell. */
export function matrix(report: Report): string {
  const { operations } = report
  const cells = new Map<string, Map<string, Result>>()
  for (const result of report.results) {
    const row = cells.get(result.check) ?? new Map<string, Result>()
    cells.set(result.check, row.set(result.operation, result))
  }
  const heads = operations
    .map(({ id, method, path }) => {
      const name = escapeHtml(`${method} ${path}`).replace(/\/(?=.)/g, '/<wbr>')
      return `<th scope="col" title="${escapeHtml(id)}"><span>${name}</span></th>`
    })
    .join('')
  const bodies = [...grouped(report, [...cells.keys()])]
    .map(([group, checks]) => {
      const rows = checks.map((check) => {
        const own = cells.get(check) ?? new Map<string, Result>()
        const words = [...new Set([...own.values()].map(verdictWord))].join(' ')
        const columns = operations.map(({ id }) => cell(own.get(id))).join('')
        return `<tr data-check="${escapeHtml(check)}" data-words="${words}"><th scope="row">${escapeHtml(check)}</th>${columns}</tr>`
      })
      const head = `<tr class="group"><th scope="rowgroup" colspan="${operations.length + 1}">${escapeHtml(group)}</th></tr>`
      return `<tbody>${head}${rows.join('')}</tbody>`
    })
    .join('\n')
  const upwards = operations.length > mostUpright ? ' class="upwards"' : ''
  return `<table id="matrix"${upwards}>
<caption class="unseen">Verdicts: a row for each check, a column for each operation. Arrow keys move between the cells.</caption>
<thead><tr><th scope="col">check</th>${heads}</tr></thead>
${bodies}
</table>`
}

function cell(result: Result | undefined): string {
  if (result === undefined) return '<td></td>'
  const word = verdictWord(result)
  const label = `${word}: ${result.check} on ${result.operation}`
  const href = escapeHtml(cellLink(result.operation, result.check))
  return `<td><a class="v ${word}" href="${href}" aria-label="${escapeHtml(label)}" title="${escapeHtml(result.message)}">${signs[word]}</a></td>`
}

function grouped({ checks = [] }: Report, present: readonly string[]): Map<string, string[]> {
  const groupOf = new Map(checks.map(({ id, group }) => [id, group]))
  const groups = new Map<string, string[]>()
  for (const check of present) {
    const group = groupOf.get(check) ?? 'checks'
    groups.set(group, [...(groups.get(group) ?? []), check])
  }
  return groups
}
