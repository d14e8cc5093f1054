import { writeFileSync } from 'node:fs'
import { type Report, toBaseline } from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'

/** Writes what was found as the new baseline. */
export function writeBaseline(report: Report, file: string | undefined): void {
  if (file === undefined) return
  try {
    writeFileSync(file, toBaseline(report))
  } catch (error) {
    throw new UsageError(`The baseline cannot be written to ${file}: ${(error as Error).message}.`)
  }
}
