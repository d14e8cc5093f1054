import { exitCodeOf, neutralise, smoke, UnknownName } from '@createonce/verifier'
import type { Profile } from '../../config/config.ts'
import { UsageError } from '../../usage-error.ts'
import { confirmTarget } from '../confirm-target.ts'
import type { Source } from '../example/read-source.ts'
import { findTarget } from '../find-target.ts'
import { Interrupted } from '../interrupted.ts'
import { pick } from '../pick.ts'
import { type EndedRun, runToEnd } from '../run-to-end.ts'
import type { VerifyFlags } from '../verify-flags.ts'
import { writeReports } from '../write-reports.ts'
import { awaitTarget } from './await-target.ts'
import { smokeLines } from './smoke-lines.ts'

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
  const found = await findTarget(source, flags)
  if (typeof found === 'number') return found
  const { target, header, notes } = found
  for (const note of notes) process.stderr.write(`Note: ${neutralise(note)}\n`)
  if (flags.readOnly !== true) await confirmTarget(target.baseUrl, flags)
  const { report, isInterrupted } = await run(() =>
    runToEnd((signal) =>
      smoke({
        ...{ target, signal, headers: header, timeoutMs: flags.timeout },
        ...(flags.report?.some(({ format }) => format === 'har') && { exchanges: 'all' as const }),
        ...(flags.operation !== undefined && { operations: flags.operation }),
        ...pick(flags, ['seed', 'rate', 'readOnly', 'profile']),
        ...pick(profile, ['publicBaseUrl']),
      }),
    ),
  )
  writeReports(report, flags.report ?? [], false, smokeLines)
  if (isInterrupted) throw new Interrupted()
  return exitCodeOf(report, flags.failOn)
}

async function run(start: () => Promise<EndedRun>): Promise<EndedRun> {
  try {
    return await start()
  } catch (error) {
    throw error instanceof UnknownName ? new UsageError(neutralise(`${error.message}.`)) : error
  }
}
