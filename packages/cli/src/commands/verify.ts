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
import { Command } from 'commander'
import { refuseOptions } from '../not-yet.ts'
import { UsageError } from '../usage-error.ts'
import { confirmTarget } from './confirm-target.ts'
import { explainTargetError } from './explain-target-error.ts'
import { checkReports, writeReports } from './reports.ts'
import { runVerify } from './run-verify.ts'
import { takeCredentials } from './take-credentials.ts'
import { addVerifyFlags, type VerifyFlags } from './verify-flags.ts'

const NOT_YET = [
  '--other-header <header>',
  '--profile <name>',
  '--start <command>',
  '--baseline <file>',
  '--update-baseline',
  '--read-only',
  '--hostile',
  '--har <file>',
  '--json <text>',
  '--curl <command>',
]

// What the user can mend on the command line is wrong usage (2); the rest is a target that could not be judged (3).
const USAGE_CODES: ReadonlySet<string> = new Set(['bad-option', 'bad-base-url', 'file-not-found'])

/** `createonce verify TARGET`: judges a running API by experiment. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('judge by experiment whether a running API creates resources correctly')
    .argument('<target>', 'the URL or file of an OpenAPI document, or a base URL where one is looked for')
    .argument('[more...]', '(not in this version) an example request')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage,\n3 the target could not be judged.',
    )
    .action(async (source: string, more: string[], flags: VerifyFlags) => {
      process.exitCode = await verifyAction(source, more, flags)
    })
  return refuseOptions(addVerifyFlags(command), NOT_YET)
}

async function verifyAction(source: string, more: readonly string[], given: VerifyFlags): Promise<number> {
  if (more.length > 0 || /^(POST|PUT)$/i.test(source)) {
    throw new UsageError(
      'An example request instead of a document is not in this version; name an OpenAPI document or a base URL.',
    )
  }
  const reports = given.report ?? []
  checkReports(reports)
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
