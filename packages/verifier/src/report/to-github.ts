import type { Level } from '../evidence/level.ts'
import { causesOf } from './causes-of.ts'
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
  const lines = causesOf(report).flatMap(({ check, level, findings }) => {
    const fresh = findings.filter(({ known }) => known !== true)
    const [first] = fresh
    if (first === undefined) return []
    const places = fresh.map(({ operation }) => operation).join(', ')
    const parts = [`${places}: ${first.message}`, ...(first.fix === undefined ? [] : [`Fix: ${first.fix}`])]
    const head = `::${commands[level]} ${file}title=${property(check)}`
    return [`${head}::${parts.map(data).join('%0A')}`]
  })
  return lines.map((line) => `${line}\n`).join('')
}

function data(text: string): string {
  return neutralise(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
