import { causesOf } from '../causes-of.ts'
import type { Report } from '../report.ts'
import { cellLink } from './cell-link.ts'
import { escapeHtml } from './escape-html.ts'
import { signs } from './matrix.ts'

/** The findings as a list, one item for each cause, with links to the cells; then what the run says besides. */
export function findings(report: Report): string {
  const causes = causesOf(report).map(({ check, level, findings: own }) => {
    const places = own.map(
      ({ operation, message, known }) =>
        `<li><a href="${escapeHtml(cellLink(operation, check))}">${escapeHtml(operation)}</a> ${known === true ? '<b>(known)</b> ' : ''}<span>${escapeHtml(message)}</span></li>`,
    )
    const fix = own[0]?.fix === undefined ? '' : `<p class="fix"><b>Fix</b> ${escapeHtml(own[0].fix)}</p>`
    return `<li class="cause ${level}"><h3><span class="v ${level}" aria-hidden="true">${signs[level]}</span> ${escapeHtml(check)} <small>${level}</small></h3><ul>${places.join('')}</ul>${fix}</li>`
  })
  const list = causes.length === 0 ? '<p>None.</p>' : `<ol class="causes">${causes.join('\n')}</ol>`
  const unjudged = report.operations.filter(({ judged }) => !judged).map(({ id, reason = '' }) => `${id}: ${reason}`)
  const gone = (report.baseline?.vanished ?? []).map(({ check, operation }) => `${check} on ${operation}`)
  const inferred = report.operations.flatMap((one) => one.inferred.map((text) => `${one.id}: ${text}`))
  return `<h2>Findings</h2>
${list}
${section('No longer found', gone)}${section('Not judged', unjudged)}${section('Left behind in the target', report.leftovers)}${section('Inferred, not declared', inferred)}`
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `<h2>${title}</h2><ul class="said">${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>\n`
}
