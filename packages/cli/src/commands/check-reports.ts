import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../usage-error.ts'
import type { ReportRequest } from './parse-report.ts'

/** Refuses what could not be written: better before the run than after it, when resources have been created for nothing. */
export function checkReports(requests: readonly Pick<ReportRequest, 'file'>[]): void {
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
    throw new UsageError(`The report cannot be written to ${file}: ${(error as Error).message}.`)
  }
}
