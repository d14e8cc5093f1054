import type { Exchange, HeaderLine } from '../../exchange/exchange.ts'
import { neutralise } from '../neutralise.ts'
import type { Report } from '../report.ts'
import { verdictWord } from '../verdict-word.ts'
import { cellLink } from './cell-link.ts'
import { indentJson } from './indent-json.ts'

// More lines than anybody compares by eye; the JSON report has the rest.
const mostLines = 400

/**
 * What the page's script shows when a cell is opened, as the content of a `<script type="application/json">`: no `<`
 * is left in it that could end the element.
 */
export function pageData(report: Report): string {
  const cited = new Set(report.results.flatMap(({ evidence }) => evidence))
  const data = {
    operations: report.operations.map(({ id, method, path, reason }) => ({
      id,
      name: neutralise(`${method} ${path}`),
      reason: neutralise(reason ?? ''),
    })),
    titles: (report.checks ?? []).map(({ id, title }) => [id, title]),
    results: report.results.map((result) => ({
      link: cellLink(result.operation, result.check),
      check: neutralise(result.check),
      operation: result.operation,
      word: verdictWord(result),
      rule: neutralise(`${result.source} (${result.basis})`),
      message: neutralise(result.message),
      fix: neutralise(result.fix ?? ''),
      leading: neutralise(result.explainedBy ?? ''),
      cause: neutralise(result.cause === undefined ? '' : `${result.cause.title}: ${result.cause.page}`),
      reproduce: neutralise(result.reproduce ?? ''),
      evidence: result.evidence,
      before: result.shrunkFrom,
    })),
    exchanges: report.exchanges.filter(({ id }) => cited.has(id)).map(shown),
  }
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function shown({ id, at, race, request, response, failure }: Exchange): object {
  return {
    id,
    at,
    race,
    ms: response?.ms,
    end: response === undefined ? neutralise(failure?.reason ?? 'no answer') : String(response.status),
    line: neutralise(`${request.method} ${request.url}`),
    request: [
      neutralise(`${request.method} ${request.url}`),
      ...headerLines(request.headers),
      ...bodyLines(request.body),
    ],
    response:
      response === undefined
        ? [neutralise(`no answer: ${failure?.detail ?? failure?.reason ?? ''}`)]
        : [String(response.status), ...headerLines(response.headers), ...bodyLines(response.body)],
  }
}

function headerLines(headers: readonly HeaderLine[]): string[] {
  return headers.map(([name, value]) => neutralise(`${name}: ${value}`))
}

function bodyLines(body: string): string[] {
  if (body === '') return []
  const lines = (indentJson(body) ?? body).split(/\r?\n/).map(neutralise)
  const kept = lines.slice(0, mostLines)
  return ['', ...kept, ...(lines.length > mostLines ? [`… and ${lines.length - mostLines} more lines`] : [])]
}
