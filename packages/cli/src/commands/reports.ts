import { accessSync, constants, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Report, toJson, toTerminal } from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import type { ReportRequest } from './parse-report.ts'

const render: Record<ReportRequest['format'], (report: Report) => string> = { json: toJson }

/** Refuses what could not be written: better before the run than after it, when resources have been created for nothing. */
export function checkReports(requests: readonly ReportRequest[]): void {
  if (requests.filter(({ file }) => file === '-').length > 1) {
    throw new UsageError('Only one report can go to standard output.')
  }
  for (const { file } of requests) if (file !== '-') checkFile(file)
}

function checkFile(file: string): void {
  const kind = statSync(file, { throwIfNoEntry: false })
  if (kind?.isDirectory()) throw new UsageError(`The report cannot be written to ${file}: that is a folder.`)
  const folder = dirname(file)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`The report cannot be written to ${file}: there is no folder ${folder}.`)
  }
  try {
    accessSync(kind === undefined ? folder : file, constants.W_OK)
  } catch (error) {
    throw notWritable(file, error)
  }
}

/** Writes every report; the terminal's own goes to standard output unless another one is there. */
export function writeReports(report: Report, requests: readonly ReportRequest[]): void {
  for (const { format, file } of requests) if (file === '-') process.stdout.write(render[format](report))
  const hasStandardOutput = requests.some(({ file }) => file === '-')
  const stream = hasStandardOutput ? process.stderr : process.stdout
  // https://no-color.org: set and not empty.
  const color = stream.isTTY === true && !process.env['NO_COLOR']
  stream.write(toTerminal(report, { color, width: Math.min(stream.columns ?? 100, 120) }))
  for (const { format, file } of requests) if (file !== '-') write(file, render[format](report))
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw notWritable(file, error)
  }
}

function notWritable(file: string, error: unknown): UsageError {
  return new UsageError(`The report cannot be written to ${file}: ${(error as Error).message}.`)
}
