import { writeFileSync } from 'node:fs'
import {
  type Report,
  type TerminalOptions,
  toGithub,
  toHar,
  toHtml,
  toJson,
  toJunit,
  toMarkdown,
  toSarif,
  toTerminal,
} from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import type { ReportFormat, ReportRequest } from './parse-report.ts'

const render: Record<ReportFormat, (report: Report) => string> = {
  json: toJson,
  html: toHtml,
  junit: toJunit,
  sarif: toSarif,
  har: toHar,
  github: toGithub,
  markdown: toMarkdown,
}

/**
 * Writes every report; the terminal's own goes to standard output unless another one is there, or it `isTaken` by one.
 *
 * @param terminal - what the terminal shows.
 */
export function writeReports(
  report: Report,
  requests: readonly ReportRequest[],
  isTaken = false,
  terminal: (report: Report, options: TerminalOptions) => string = toTerminal,
): void {
  for (const { format, file } of requests) if (file === '-') process.stdout.write(render[format](report))
  const hasStandardOutput = isTaken || requests.some(({ file }) => file === '-')
  const stream = hasStandardOutput ? process.stderr : process.stdout
  // https://no-color.org: set and not empty.
  const color = stream.isTTY === true && !process.env['NO_COLOR']
  stream.write(terminal(report, { color, width: Math.min(stream.columns ?? 100, 120) }))
  for (const { format, file } of requests) if (file !== '-') write(file, render[format](report))
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`The report cannot be written to ${file}: ${(error as Error).message}.`)
  }
}
