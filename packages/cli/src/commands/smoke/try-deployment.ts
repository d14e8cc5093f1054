import { neutralise, smoke, type Target, UnknownName } from '@createonce/verifier'
import type { Profile } from '../../config/config.ts'
import { UsageError } from '../../usage-error.ts'
import { confirmTarget } from '../confirm-target.ts'
import type { Source } from '../example/read-source.ts'
import { findTarget } from '../find-target.ts'
import { pick } from '../pick.ts'
import { type EndedRun, runToEnd } from '../run-to-end.ts'
import type { VerifyFlags } from '../verify-flags.ts'

/** What became of the few requests, and of whom they were asked. */
export interface TriedDeployment extends EndedRun {
  readonly target: Target
}

/**
 * Finds the target, asks whether resources may be created there, and sends the few requests; or returns the exit code
 * where there is no target to try.
 */
export async function tryDeployment(
  source: Source,
  flags: VerifyFlags,
  { publicBaseUrl }: Pick<Profile, 'publicBaseUrl'>,
  exchanges: 'cited' | 'all',
): Promise<TriedDeployment | number> {
  const found = await findTarget(source, flags)
  if (typeof found === 'number') return found
  const { target, header, notes } = found
  for (const note of notes) process.stderr.write(`Note: ${neutralise(note)}\n`)
  if (flags.readOnly !== true) await confirmTarget(target.baseUrl, flags)
  const ended = await run(() =>
    runToEnd((signal) =>
      smoke({
        ...{ target, signal, exchanges, headers: header, timeoutMs: flags.timeout },
        ...(flags.operation !== undefined && { operations: flags.operation }),
        ...(publicBaseUrl !== undefined && { publicBaseUrl }),
        ...pick(flags, ['seed', 'rate', 'readOnly', 'profile']),
      }),
    ),
  )
  return { ...ended, target }
}

async function run(start: () => Promise<EndedRun>): Promise<EndedRun> {
  try {
    return await start()
  } catch (error) {
    throw error instanceof UnknownName ? new UsageError(neutralise(`${error.message}.`)) : error
  }
}
