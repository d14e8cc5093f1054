import { InvalidArgumentError } from 'commander'

/** The formats of a report, in the order in which help names them. */
const FORMATS = ['json', 'html', 'junit', 'sarif', 'har', 'github', 'markdown'] as const

/** A format of a report. */
export type ReportFormat = (typeof FORMATS)[number]

/** A report that was asked for: its format, and the file or `-` for standard output. */
export interface ReportRequest {
  readonly format: ReportFormat
  readonly file: string
}

/** Reads `json=FILE`. */
export function parseReport(text: string): ReportRequest {
  const [, name = '', file = ''] = /^([a-z]+)=(.+)$/.exec(text) ?? []
  const format = FORMATS.find((one) => one === name)
  if (format !== undefined) return { format, file }
  throw new InvalidArgumentError(
    `Write it as FORMAT=FILE, or FORMAT=- for standard output; formats: ${FORMATS.join(', ')}.`,
  )
}
