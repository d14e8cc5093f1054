import { type Cause, causesOf } from '../causes-of.ts'
import type { Report } from '../report.ts'
import { cellLink } from './cell-link.ts'
import { escapeHtml } from './escape-html.ts'
import { signs } from './matrix.ts'

/** The findings as a list, one item for each cause, with links to the cells; then what the run says besides. */
export function findings(report: Report): string {
  const causes = causesOf(report).map(item)
  const list = causes.length === 0 ? '<p>None.</p>' : `<ol class="causes">${causes.join('\n')}</ol>`
  const unjudged = report.operations.filter(({ judged }) => !judged).map(({ id, reason = '' }) => `${id}: ${reason}`)
  const gone = (report.baseline?.vanished ?? []).map(({ check, operation }) => `${check} on ${operation}`)
  const inferred = report.operations.flatMap((one) => one.inferred.map((text) => `${one.id}: ${text}`))
  return `<h2>Findings</h2>
${list}
${section('No longer found', gone)}${section('Not judged', unjudged)}${section('Left behind in the target', report.leftovers)}${section('Inferred, not declared', inferred)}`
}

function item({ title, level, checks, page }: Cause): string {
  const parts = checks.map((one) => `${checks.length === 1 ? '' : `<h4>${escapeHtml(one.check)}</h4>`}${told(one)}`)
  const link = page === undefined ? '' : `<p class="fix"><b>Programs</b> ${escapeHtml(page)}</p>`
  return `<li class="cause ${level}"><h3><span class="v ${level}" aria-hidden="true">${signs[level]}</span> ${escapeHtml(title)} <small>${level}</small></h3>${parts.join('')}${link}</li>`
}

function told({ check, findings: own }: Cause['checks'][number]): string {
  const places = own.map(
    ({ operation, message, known }) =>
      `<li><a href="${escapeHtml(cellLink(operation, check))}">${escapeHtml(operation)}</a> ${known === true ? '<b>(known)</b> ' : ''}<span>${escapeHtml(message)}</span></li>`,
  )
  const [first] = own
  const leading = first?.explainedBy === undefined ? '' : ` May be the same fault as ${escapeHtml(first.explainedBy)}.`
  const fix = first?.fix === undefined ? '' : `<p class="fix"><b>Fix</b> ${escapeHtml(first.fix)}${leading}</p>`
  return `<ul>${places.join('')}</ul>${fix}`
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `<h2>${title}</h2><ul class="said">${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>\n`
}
