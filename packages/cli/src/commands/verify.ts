import {
  exitCodeOf,
  type HeaderLine,
  type Level,
  loadTarget,
  type Report,
  type Target,
  TargetError,
  UnknownName,
} from '@createonce/verifier'
import { Command, InvalidArgumentError, Option } from 'commander'
import { refuseOptions } from '../not-yet.ts'
import { UsageError } from '../usage-error.ts'
import { confirmTarget } from './confirm-target.ts'
import { parseReport, type ReportRequest, writeReports } from './reports.ts'
import { runVerify } from './run-verify.ts'

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

interface VerifyFlags {
  readonly baseUrl?: string
  readonly header: HeaderLine[]
  readonly operation?: string[]
  readonly check?: string[]
  readonly skipCheck?: string[]
  readonly unique?: string[]
  readonly required?: string[]
  readonly duplicates?: string[]
  readonly idempotency?: string[]
  readonly report: ReportRequest[]
  readonly failOn: Level
  readonly seed?: number
  readonly timeout?: number
  readonly races?: number
  readonly maxRequests?: number
  readonly rate?: number
  readonly require?: string[]
  readonly yes?: boolean
}

/** `createonce verify TARGET`: judges a running API by experiment. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('judge by experiment whether a running API creates resources correctly')
    .argument('<target>', 'the URL or file of an OpenAPI document, or a base URL where one is looked for')
    .argument('[more...]', '(not in this version) an example request')
    .option('--base-url <url>', 'where the API runs, when the document does not say or says otherwise')
    .option('--header <header>', "'Name: value' on every request; repeatable", collectHeader, [])
    .option('--operation <id...>', 'judge only these: an operationId, or "POST /orders"')
    .option('--check <id...>', 'run only these checks')
    .option('--skip-check <id...>', 'run all checks but these')
    .option('--unique <field...>', 'the natural key, where the document does not say it')
    .option('--required <field...>', 'required members, where the document does not say so')
    .option('--duplicates <policy...>', 'reject, return-existing or allow; per operation as createOrder=reject')
    .option('--idempotency <policy...>', 'off, optional or required; likewise')
    .option('--report <format=file>', 'json=FILE; - is standard output; repeatable', collectReport, [])
    .addOption(
      new Option('--fail-on <level>', 'what makes the exit code 1')
        .choices(['error', 'warning', 'note'])
        .default('warning'),
    )
    .option('--seed <n>', 'makes the generated values reproducible', parseCount)
    .option('--timeout <ms>', 'for one request', parsePositive)
    .option('--races <n>', 'simultaneous requests in a race', parsePositive)
    .option('--max-requests <n>', 'in the whole run', parsePositive)
    .option('--rate <n/s>', 'requests a second', parseRate)
    .option('--require <check...>', 'these must be judged: inconclusive or skipped is exit code 3')
    .option('--yes', 'create on a host that is not loopback without asking')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 the target could not be judged.',
    )
    .action(async (source: string, more: string[], flags: VerifyFlags) => {
      process.exitCode = await verifyAction(source, more, flags)
    })
  return refuseOptions(command, NOT_YET)
}

async function verifyAction(source: string, more: string[], flags: VerifyFlags): Promise<number> {
  if (more.length > 0 || /^(POST|PUT)$/i.test(source)) {
    throw new UsageError(
      'An example request instead of a document is not in this version; name an OpenAPI document or a base URL.',
    )
  }
  if (flags.report.filter(({ file }) => file === '-').length > 1)
    throw new UsageError('Only one report can go to standard output.')
  const target = await load(source, flags)
  if (typeof target === 'number') return target
  await confirmTarget(target.baseUrl, flags.yes === true)
  const report = await run(target, flags)
  writeReports(report, flags.report)
  return exitCodeOf(report, flags.failOn, flags.require)
}

async function load(source: string, flags: VerifyFlags): Promise<Target | number> {
  try {
    const headers = Object.fromEntries(flags.header)
    return await loadTarget(source, {
      headers,
      ...given(flags, ['baseUrl', 'duplicates', 'idempotency', 'unique', 'required']),
    })
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    const seen = error.seen.map((fact) => `  ${fact}\n`).join('')
    process.stderr.write(`createonce: ${error.message}\n${seen}${error.advice}\n`)
    return USAGE_CODES.has(error.code) ? 2 : 3
  }
}

async function run(target: Target, flags: VerifyFlags): Promise<Report> {
  try {
    return await runVerify({
      target,
      headers: flags.header,
      ...(flags.timeout !== undefined && { timeoutMs: flags.timeout }),
      ...(flags.operation !== undefined && { operations: flags.operation }),
      ...(flags.check !== undefined && { checks: flags.check }),
      ...(flags.skipCheck !== undefined && { skipChecks: flags.skipCheck }),
      ...given(flags, ['seed', 'races', 'maxRequests', 'rate']),
    })
  } catch (error) {
    throw error instanceof UnknownName ? new UsageError(error.message) : error
  }
}

function given<T extends object, K extends keyof T>(flags: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  ) as Pick<T, K>
}

function collectHeader(text: string, seen: HeaderLine[]): HeaderLine[] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write it as 'Name: value'.")
  return [...seen, [name, value]]
}

function collectReport(text: string, seen: ReportRequest[]): ReportRequest[] {
  return [...seen, parseReport(text)]
}

function parseCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count
  throw new InvalidArgumentError('It must be a whole number.')
}

function parsePositive(text: string): number {
  const count = parseCount(text)
  if (count > 0) return count
  throw new InvalidArgumentError('It must be at least 1.')
}

function parseRate(text: string): number {
  return parsePositive(text.replace(/\/s$/, ''))
}
