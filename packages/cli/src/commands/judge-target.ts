import {
  checks,
  exitCodeOf,
  loadTarget,
  neutralise,
  type Report,
  type Target,
  TargetError,
  UnknownName,
} from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import { wrapWords } from '../wrap-words.ts'
import { confirmTarget } from './confirm-target.ts'
import { explainTargetError } from './explain-target-error.ts'
import { checkReports, writeReports } from './reports.ts'
import { runVerify } from './run-verify.ts'
import { takeCredentials } from './take-credentials.ts'
import type { VerifyFlags } from './verify-flags.ts'

// What the user can mend on the command line is wrong usage (2); the rest is a target that could not be judged (3).
const USAGE_CODES: ReadonlySet<string> = new Set(['bad-option', 'bad-base-url', 'file-not-found'])

/** Judges the target that the command line names, writes the reports, and returns the exit code. */
export async function judgeTarget(source: string, given: VerifyFlags): Promise<number> {
  const reports = given.report ?? []
  checkReports(reports)
  checkNames([...(given.check ?? []), ...(given.skipCheck ?? []), ...(given.require ?? [])])
  const { url, flags } = withCredentials(source, given)
  const target = await load(url, flags)
  if (typeof target === 'number') return target
  for (const warning of target.warnings) process.stderr.write(`Note: ${neutralise(warning)}\n`)
  await confirmTarget(target.baseUrl, flags.yes === true)
  const report = await run(target, flags)
  writeReports(report, reports)
  for (const reason of unmet(report, flags.require ?? [])) process.stderr.write(`createonce: ${neutralise(reason)}\n`)
  return exitCodeOf(report, flags.failOn, flags.require)
}

function checkNames(names: readonly string[]): void {
  const known = checks.map(({ id }) => id)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new UsageError(wrapWords(`There is no check ${unknown}. There are: ${known.join(', ')}.`, 100, '  '))
}

function withCredentials(source: string, flags: VerifyFlags): { url: string; flags: VerifyFlags } {
  const { url, headers } = takeCredentials(source)
  const base = takeCredentials(flags.baseUrl ?? '')
  const header = [...(flags.header ?? [])]
  const [taken] = [...base.headers, ...headers]
  // What --header says outranks what stands in a URL.
  if (taken !== undefined && !header.some(([name]) => name.toLowerCase() === 'authorization')) header.push(taken)
  return { url, flags: { ...flags, header, ...(flags.baseUrl !== undefined && { baseUrl: base.url }) } }
}

async function load(source: string, flags: VerifyFlags): Promise<Target | number> {
  try {
    return await loadTarget(source, {
      headers: Object.fromEntries(flags.header ?? []),
      timeoutMs: flags.timeout,
      ...pick(flags, ['baseUrl', 'duplicates', 'idempotency', 'unique', 'required']),
    })
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    process.stderr.write(explainTargetError(error))
    return USAGE_CODES.has(error.code) ? 2 : 3
  }
}

async function run(target: Target, flags: VerifyFlags): Promise<Report> {
  try {
    return await runVerify({
      target,
      headers: flags.header ?? [],
      timeoutMs: flags.timeout,
      ...(flags.operation !== undefined && { operations: flags.operation }),
      ...(flags.check !== undefined && { checks: flags.check }),
      ...(flags.skipCheck !== undefined && { skipChecks: flags.skipCheck }),
      ...pick(flags, ['seed', 'races', 'maxRequests', 'rate']),
    })
  } catch (error) {
    throw error instanceof UnknownName ? new UsageError(neutralise(`${error.message}.`)) : error
  }
}

/** Why a run with --require is not enough, a sentence each. */
function unmet({ results }: Report, required: readonly string[]): string[] {
  return checks
    .filter(({ id }) => required.includes(id))
    .flatMap(({ id }) => {
      const own = results.filter(({ check }) => check === id)
      if (own.length === 0) return [`--require ${id}: it was not among the checks that were run.`]
      return own
        .filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'skip')
        .map(({ operation, verdict, message }) => `--require ${id}: ${verdict} on ${operation} (${message}).`)
    })
}

function pick<T extends object, K extends keyof T>(flags: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  ) as Pick<T, K>
}
