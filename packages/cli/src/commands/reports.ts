import { writeFileSync } from 'node:fs'
import { type Report, toJson, toTerminal } from '@createonce/verifier'
import { InvalidArgumentError } from 'commander'
import { UsageError } from '../usage-error.ts'

/** A report that was asked for: its format, and the file or `-` for standard output. */
export interface ReportRequest {
  readonly format: keyof typeof formats
  readonly file: string
}

const formats = { json: toJson } as const
const NOT_YET = ['html', 'junit', 'sarif', 'har', 'github', 'markdown']

/** Reads `json=FILE`. */
export function parseReport(text: string): ReportRequest {
  const [, format = '', file = ''] = /^([a-z]+)=(.+)$/.exec(text) ?? []
  if (Object.hasOwn(formats, format)) return { format: format as ReportRequest['format'], file }
  if (NOT_YET.includes(format)) throw new InvalidArgumentError(`The format ${format} is not in this version.`)
  throw new InvalidArgumentError('Write it as json=FILE, or json=- for standard output.')
}

/** Writes every report; the terminal's own goes to standard output unless another one is there. */
export function writeReports(report: Report, requests: readonly ReportRequest[]): void {
  for (const { format, file } of requests) {
    if (file === '-') process.stdout.write(formats[format](report))
    else write(file, formats[format](report))
  }
  const hasStandardOutput = requests.some(({ file }) => file === '-')
  const stream = hasStandardOutput ? process.stderr : process.stdout
  const color = stream.isTTY === true && process.env['NO_COLOR'] === undefined
  stream.write(toTerminal(report, { color, width: Math.min(stream.columns ?? 100, 120) }))
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`The report could not be written to ${file}: ${(error as Error).message}.`)
  }
}
