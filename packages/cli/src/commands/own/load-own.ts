import type { Check } from '@createonce/verifier'
import { checkReports } from '../check-reports.ts'
import type { VerifyFlags } from '../verify-flags.ts'
import { isCheckFile, loadChecks } from './load-checks.ts'
import { loadReporters, type OwnReporter } from './load-reporter.ts'

/** The checks and reporters that the user brings along. */
export interface Own {
  readonly checks: readonly Check[]
  readonly reporters: readonly OwnReporter[]
}

/** Loads what `--check PATH` and `--reporter PATH` name, before anything is sent. */
export async function loadOwn(flags: VerifyFlags): Promise<Own> {
  const reporters = await loadReporters(flags.reporter ?? [])
  checkReports([...(flags.report ?? []), ...reporters])
  return { checks: await loadChecks((flags.check ?? []).filter(isCheckFile)), reporters }
}
