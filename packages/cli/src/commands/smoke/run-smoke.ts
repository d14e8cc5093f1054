import { exitCodeOf } from '@createonce/verifier'
import type { Profile } from '../../config/config.ts'
import type { Source } from '../example/read-source.ts'
import { Interrupted } from '../interrupted.ts'
import type { VerifyFlags } from '../verify-flags.ts'
import { writeReports } from '../write-reports.ts'
import { awaitTarget } from './await-target.ts'
import { smokeLines } from './smoke-lines.ts'
import { tryDeployment } from './try-deployment.ts'

/** What `createonce smoke` takes beside what it shares with verify. */
export interface SmokeFlags extends VerifyFlags {
  /** Milliseconds. */
  readonly wait?: number
}

/** Tries a deployment, writes the reports, and returns the exit code. */
export async function runSmoke(
  source: Source,
  flags: SmokeFlags,
  profile: Pick<Profile, 'ready' | 'publicBaseUrl'> = {},
): Promise<number> {
  if (flags.wait !== undefined && !(await awaitTarget(source, flags, flags.wait, profile))) return 3
  const reports = flags.report ?? []
  const exchanges = reports.some(({ format }) => format === 'har') ? 'all' : 'cited'
  const tried = await tryDeployment(source, flags, profile, exchanges)
  if (typeof tried === 'number') return tried
  writeReports(tried.report, reports, false, smokeLines)
  if (tried.isInterrupted) throw new Interrupted()
  return exitCodeOf(tried.report, flags.failOn)
}
