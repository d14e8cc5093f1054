import type { GuidelineName, HeaderLine, Level } from '@createonce/verifier'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseCount, parsePositive } from './parse-count.ts'
import { parseReport, type ReportRequest } from './parse-report.ts'

/** What the options of `createonce verify` say. */
export interface VerifyFlags {
  readonly baseUrl?: string
  readonly header?: readonly HeaderLine[]
  readonly otherHeader?: readonly HeaderLine[]
  readonly operation?: readonly string[]
  readonly check?: readonly string[]
  readonly skipCheck?: readonly string[]
  readonly guidelines: GuidelineName
  readonly unique?: readonly string[]
  readonly required?: readonly string[]
  readonly duplicates?: readonly string[]
  readonly idempotency?: readonly string[]
  readonly report?: readonly ReportRequest[]
  readonly reporter?: readonly string[]
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly failOn: Level
  readonly seed?: number
  readonly timeout: number
  readonly races: number
  readonly maxRequests: number
  readonly rate?: number
  readonly start?: string
  readonly hostile?: boolean
  readonly readOnly?: boolean
  readonly require?: readonly string[]
  readonly yes?: boolean
  /** The name of a profile. */
  readonly profile?: string
  /** Of a profile: resources are created nowhere without asking, not even on this machine. */
  readonly ask?: boolean
  readonly json?: string
  readonly curl?: string
  readonly har?: string
}

// A person who waits longer than ten seconds for one answer has gone to look at the logs.
const TIMEOUT_MS = 10_000
// Enough to meet on any server that handles requests side by side, and few enough for a small database pool.
const RACES = 10
// Some twenty creations with everything that can be tried on them.
const MAX_REQUESTS = 5_000

// Named here once more, so that help does not wait for the verifier; a test proves that they are the verifier's.
export const GUIDELINES: readonly GuidelineName[] = ['rfc', 'zalando', 'json-api']

/** Adds the options of `createonce verify`. */
export function addVerifyFlags(command: Command): Command {
  return command
    .option('--json <text>', 'the body of an example request, instead of items')
    .option('--curl <command>', "an example request: 'curl -X POST …', in quotes")
    .option('--har <file>', 'judge recorded traffic instead of calling anybody; beside a document, or alone')
    .option('--base-url <url>', 'where the API runs, when the document does not say or says otherwise')
    .option('--header <header>', "'Name: value' on every request; repeatable", collectHeader)
    .option('--other-header <header>', 'credentials of a second principal; repeatable', collectHeader)
    .option('--operation <id...>', 'judge only these: an operationId, or "POST /orders"', collectName)
    .option('--check <id...>', 'run only these checks; a path (./my-check.js) adds checks of your own', collectName)
    .option('--skip-check <id...>', 'run all checks but these', collectName)
    .addOption(
      new Option(
        '--guidelines <name>',
        'what is judged by, where guidelines disagree: the standards alone, or these too',
      )
        .choices(GUIDELINES)
        .default('rfc'),
    )
    .option('--unique <field...>', 'the natural key, where the document does not say it', collectName)
    .option('--required <field...>', 'required members, where the document does not say so', collectName)
    .option(
      '--duplicates <policy...>',
      'reject, return-existing or allow; per operation as createOrder=reject',
      collectName,
    )
    .option('--idempotency <policy...>', 'off, optional or required; likewise', collectName)
    .option(
      '--report <format=file>',
      'json, html, junit, sarif, har, github or markdown, as json=FILE; - is standard output; repeatable',
      collectReport,
    )
    .option(
      '--reporter <path>',
      'a reporter of your own, as ./my-reporter.js or ./my-reporter.js=FILE; repeatable',
      collectPath,
    )
    .option('--baseline <file>', 'a JSON report: its findings are known and do not fail the run')
    .option('--update-baseline', 'write what was found to the file of --baseline')
    .addOption(
      new Option('--fail-on <level>', 'what makes the exit code 1')
        .choices(['error', 'warning', 'note'])
        .default('warning'),
    )
    .option('--seed <n>', 'makes the generated values reproducible; without it, random', parseCount)
    .option('--timeout <ms>', 'how long one request may take', parsePositive, TIMEOUT_MS)
    .option('--races <n>', 'simultaneous requests in a race', parsePositive, RACES)
    .option('--max-requests <n>', 'in the whole run, cleaning up not counted', parsePositive, MAX_REQUESTS)
    .option('--rate <n/s>', 'requests a second; without it, no limit', parseRate)
    .option('--start <command>', 'starts the API with this, and may kill it with SIGKILL and start it again')
    .option('--read-only', 'create nothing: judge only what GET, HEAD and OPTIONS show')
    .option(
      '--hostile',
      'also send what looks like an attack: a spoofed Host, line breaks meant for headers, content of 16 MiB',
    )
    .option('--require <id...>', 'checks that must be judged: inconclusive or skipped is exit code 3', collectName)
    .option('--yes', 'create on a host that is not loopback without asking')
}

function collectHeader(text: string, seen: readonly HeaderLine[] = []): HeaderLine[] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write it as 'Name: value'.")
  return [...seen, [name, value]]
}

function collectPath(text: string, seen: readonly string[] = []): string[] {
  return [...seen, text]
}

function collectReport(text: string, seen: readonly ReportRequest[] = []): ReportRequest[] {
  return [...seen, parseReport(text)]
}

// These options take several values, and swallow a target that stands behind them.
function collectName(text: string, seen: readonly string[] = []): string[] {
  if (!/^https?:\/\//i.test(text)) return [...seen, text]
  throw new InvalidArgumentError('If that is the target, write it before the options.')
}

function parseRate(text: string): number {
  return parsePositive(text.replace(/\/s$/, ''))
}
