import { InvalidArgumentError } from 'commander'

const FORMATS = ['json'] as const
const NOT_YET = ['html', 'junit', 'sarif', 'har', 'github', 'markdown']

/** A report that was asked for: its format, and the file or `-` for standard output. */
export interface ReportRequest {
  readonly format: (typeof FORMATS)[number]
  readonly file: string
}

/** Reads `json=FILE`. */
export function parseReport(text: string): ReportRequest {
  const [, name = '', file = ''] = /^([a-z]+)=(.+)$/.exec(text) ?? []
  const format = FORMATS.find((one) => one === name)
  if (format !== undefined) return { format, file }
  if (NOT_YET.includes(name)) throw new InvalidArgumentError(`The format ${name} is not in this version.`)
  throw new InvalidArgumentError('Write it as json=FILE, or json=- for standard output.')
}
