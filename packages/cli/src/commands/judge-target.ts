import {
  type ApiProcess,
  applyBaseline,
  type BaselineFinding,
  type Check,
  checks,
  exitCodeOf,
  neutralise,
  type Recording,
  type Report,
  StartError,
  type Target,
  UnknownName,
} from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import { wrapWords } from '../wrap-words.ts'
import { confirmTarget } from './confirm-target.ts'
import type { Source } from './example/read-source.ts'
import { findTarget } from './find-target.ts'
import { Interrupted } from './interrupted.ts'
import { isCheckFile } from './own/load-checks.ts'
import { loadOwn, type Own } from './own/load-own.ts'
import { runReporters } from './own/run-reporters.ts'
import { pick } from './pick.ts'
import type { EndedRun } from './run-to-end.ts'
import { runVerify } from './run-verify.ts'
import { startApi } from './start-api.ts'
import type { VerifyFlags } from './verify-flags.ts'
import { writeBaseline } from './write-baseline.ts'
import { writeReports } from './write-reports.ts'

/** Judges the target that the command line names, writes the reports, and returns the exit code. */
export async function judgeTarget(
  source: Source,
  flags: VerifyFlags,
  baseline?: readonly BaselineFinding[],
): Promise<number> {
  if (flags.readOnly && flags.start !== undefined)
    throw new UsageError('--read-only and --start exclude each other: what is started is started to be killed.')
  const own = await loadOwn(flags)
  const ids = (flags.check ?? []).filter((name) => !isCheckFile(name))
  checkNames([...ids, ...(flags.skipCheck ?? []), ...(flags.require ?? [])], own.checks)
  const { check: _paths, ...rest } = flags
  const named = { ...rest, ...(ids.length > 0 && { check: ids }) }
  const api = await startApi(source, flags)
  try {
    return await judge(source, named, { api, own }, baseline)
  } finally {
    await api?.stop()
  }
}

async function judge(
  source: Source,
  flags: VerifyFlags,
  { api, own }: { readonly api: ApiProcess | undefined; readonly own: Own },
  baseline: readonly BaselineFinding[] | undefined,
): Promise<number> {
  const found = await findTarget(source, flags)
  if (typeof found === 'number') return found
  const { target, header, notes, recording } = found
  for (const note of notes) process.stderr.write(`Note: ${neutralise(note)}\n`)
  // Whoever only reads needs no leave.
  if (recording === undefined && flags.readOnly !== true) await confirmTarget(target.baseUrl, flags)
  const { report: judged, isInterrupted } = await run(target, { ...flags, header }, { api, recording, own })
  const report = baseline === undefined ? judged : applyBaseline(judged, baseline)
  writeReports(
    report,
    flags.report ?? [],
    own.reporters.some(({ file }) => file === '-'),
  )
  await runReporters(report, own.reporters)
  // What an interrupted run did not find is no news.
  if (flags.updateBaseline && !isInterrupted) writeBaseline(report, flags.baseline)
  if (isInterrupted) throw new Interrupted()
  for (const reason of unmet(report, flags.require ?? [], own.checks))
    process.stderr.write(`createonce: ${neutralise(reason)}\n`)
  return exitCodeOf(report, flags.failOn, flags.require)
}

function checkNames(names: readonly string[], own: readonly Check[]): void {
  const known = [...checks, ...own].map(({ id }) => id)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new UsageError(wrapWords(`There is no check ${unknown}. There are: ${known.join(', ')}.`, 100, '  '))
}

async function run(
  target: Target,
  flags: VerifyFlags,
  {
    api,
    recording,
    own,
  }: { readonly api: ApiProcess | undefined; readonly recording: Recording | undefined; readonly own: Own },
): Promise<EndedRun> {
  try {
    return await runVerify({
      target,
      ...(recording !== undefined && { recording }),
      ownChecks: own.checks,
      headers: flags.header ?? [],
      timeoutMs: flags.timeout,
      ...(flags.report?.some(({ format }) => format === 'har') && { exchanges: 'all' }),
      ...(flags.otherHeader !== undefined && { otherHeaders: flags.otherHeader }),
      ...(flags.start !== undefined && { start: api ?? flags.start }),
      ...(flags.readOnly !== undefined && { readOnly: flags.readOnly }),
      ...(flags.hostile !== undefined && { hostile: flags.hostile }),
      guidelines: flags.guidelines,
      ...(flags.profile !== undefined && { profile: flags.profile }),
      ...(flags.operation !== undefined && { operations: flags.operation }),
      ...(flags.check !== undefined && { checks: flags.check }),
      ...(flags.skipCheck !== undefined && { skipChecks: flags.skipCheck }),
      ...pick(flags, ['seed', 'races', 'maxRequests', 'rate']),
    })
  } catch (error) {
    throw error instanceof UnknownName || error instanceof StartError
      ? new UsageError(neutralise(`${error.message}.`))
      : error
  }
}

/** Why a run with --require is not enough, a sentence each. */
function unmet({ results }: Report, required: readonly string[], own: readonly Check[]): string[] {
  return [...checks, ...own]
    .filter(({ id }) => required.includes(id))
    .flatMap(({ id }) => {
      const own = results.filter(({ check }) => check === id)
      if (own.length === 0) return [`--require ${id}: it was not among the checks that were run.`]
      return own
        .filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'skip')
        .map(({ operation, verdict, message }) => `--require ${id}: ${verdict} on ${operation} (${message}).`)
    })
}
