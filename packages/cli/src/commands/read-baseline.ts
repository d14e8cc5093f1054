import { readFileSync } from 'node:fs'
import type { BaselineFinding } from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import { checkReports } from './check-reports.ts'
import type { VerifyFlags } from './verify-flags.ts'

/** The known findings of `--baseline`; undefined without one. A file that is still to be written knows none. */
export async function readBaseline({
  baseline: file,
  updateBaseline = false,
}: Pick<VerifyFlags, 'baseline' | 'updateBaseline'>): Promise<BaselineFinding[] | undefined> {
  if (file === undefined) {
    if (updateBaseline) throw new UsageError('--update-baseline needs --baseline FILE, the file that it writes.')
    return undefined
  }
  if (updateBaseline) checkReports([{ file }])
  const text = read(file, updateBaseline)
  // Loaded when it is needed: other commands, help and mistakes do not wait for the verifier.
  const { parseBaseline } = await import('@createonce/verifier')
  const findings = parseBaseline(text)
  if (findings !== undefined) return findings
  throw new UsageError(`${file} is no baseline: it must be a JSON report of this tool, written by --update-baseline.`)
}

const NOTHING_KNOWN = '{"schemaVersion":1,"results":[]}'

function read(file: string, mayBeMissing: boolean): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (mayBeMissing && (error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING_KNOWN
    throw new UsageError(`The baseline cannot be read from ${file}: ${(error as Error).message}.`)
  }
}
