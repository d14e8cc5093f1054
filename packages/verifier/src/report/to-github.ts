import type { Level } from '../evidence/level.ts'
import { type Cause, causesOf } from './causes-of.ts'
import { neutralise } from './neutralise.ts'
import type { Report } from './report.ts'

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' }

/**
 * The findings as workflow commands of GitHub Actions, one line for each cause, the gravest first: of each kind, GitHub
 * shows the first ten of a step. Known findings of a baseline are not annotated.
 */
export function toGithub(report: Report): string {
  const { document } = report.target
  const file = /^[a-z][a-z\d+.-]+:/i.test(document) ? '' : `file=${property(document)},line=1,`
  const fresh = report.results.filter(({ known }) => known !== true)
  const lines = causesOf({ results: fresh }).map((cause) => {
    const head = `::${commands[cause.level]} ${file}title=${property(cause.title)}`
    return `${head}::${cause.checks
      .flatMap((one) => told(one, cause))
      .map(data)
      .join('%0A')}`
  })
  return lines.map((line) => `${line}\n`).join('')
}

function told({ check, findings }: Cause['checks'][number], { checks }: Cause): string[] {
  const [first] = findings
  const places = findings.map(({ operation }) => operation).join(', ')
  return [
    `${checks.length > 1 ? `${check} on ` : ''}${places}: ${first?.message ?? ''}`,
    ...(first?.fix === undefined ? [] : [`Fix: ${first.fix}`]),
  ]
}

function data(text: string): string {
  return neutralise(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
