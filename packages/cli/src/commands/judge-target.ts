import { readFileSync } from 'node:fs'
import {
  type ApiProcess,
  applyBaseline,
  type BaselineFinding,
  type Check,
  checks,
  exitCodeOf,
  type HeaderLine,
  loadTarget,
  neutralise,
  type Recording,
  type Report,
  readHar,
  StartError,
  type Target,
  TargetError,
  targetFromRecording,
  UnknownName,
} from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import { wrapWords } from '../wrap-words.ts'
import { confirmTarget } from './confirm-target.ts'
import type { Example } from './example/example.ts'
import type { Source } from './example/read-source.ts'
import { toTarget } from './example/to-target.ts'
import { explainTargetError } from './explain-target-error.ts'
import { Interrupted } from './interrupted.ts'
import { isCheckFile } from './own/load-checks.ts'
import { loadOwn, type Own } from './own/load-own.ts'
import { runReporters } from './own/run-reporters.ts'
import { runVerify, type VerifyRun } from './run-verify.ts'
import { startApi } from './start-api.ts'
import { takeCredentials } from './take-credentials.ts'
import type { VerifyFlags } from './verify-flags.ts'
import { writeBaseline } from './write-baseline.ts'
import { writeReports } from './write-reports.ts'

// What the user can mend on the command line is wrong usage (2); the rest is a target that could not be judged (3).
const USAGE_CODES: ReadonlySet<string> = new Set(['bad-option', 'bad-base-url', 'file-not-found'])

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
  const found = await find(source, flags)
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

/** A target, and with which header lines it is called. */
interface Found {
  readonly target: Target
  readonly header: readonly HeaderLine[]
  readonly notes: readonly string[]
  readonly recording?: Recording
}

function find(source: Source, flags: VerifyFlags): Promise<Found | number> | Found | number {
  if (source.kind === 'document') return fromDocument(source.name, flags)
  return source.kind === 'example' ? fromExample(source.example, flags) : fromRecording(source, flags)
}

async function fromRecording(
  { file, document }: Source & { kind: 'recording' },
  flags: VerifyFlags,
): Promise<Found | number> {
  try {
    const recording = readHar(readText(file), file)
    const options = pick(flags, ['baseUrl', 'duplicates', 'idempotency', 'unique', 'required'])
    if (document === undefined) {
      const target = targetFromRecording(recording, options)
      return { target, header: [], notes: target.warnings, recording }
    }
    const described = await load(document, flags)
    if (typeof described === 'number') return described
    return { target: described, header: [], notes: [...described.warnings, ...recording.warnings], recording }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    process.stderr.write(explainTargetError(error))
    return USAGE_CODES.has(error.code) ? 2 : 3
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--har ${file} cannot be read: ${(error as Error).message}`)
  }
}

async function fromDocument(source: string, flags: VerifyFlags): Promise<Found | number> {
  const document = takeCredentials(source)
  const base = takeCredentials(flags.baseUrl ?? '')
  const own = flags.header ?? []
  const baseUrl = flags.baseUrl !== undefined && { baseUrl: base.url }
  const target = await load(document.url, { ...flags, ...baseUrl, header: withDefault(own, document.headers) })
  if (typeof target === 'number') return target
  // A password in the document's URL is for its host alone; the document may name another one.
  const isSameHost = URL.canParse(document.url) && new URL(document.url).origin === new URL(target.baseUrl).origin
  const header = withDefault(own, [...base.headers, ...(isSameHost ? document.headers : [])])
  return { target, header, notes: target.warnings }
}

function fromExample(example: Example, flags: VerifyFlags): Found | number {
  const { url, headers } = takeCredentials(example.url)
  try {
    const shown = toTarget({ ...example, url }, flags)
    const own = flags.header ?? []
    const names = own.map(([name]) => name.toLowerCase())
    const kept = shown.headers.filter(([name]) => !names.includes(name.toLowerCase()))
    return { target: shown.target, header: withDefault([...own, ...kept], headers), notes: shown.notes }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    process.stderr.write(explainTargetError(error))
    // Everything about an example stands on the command line.
    return 2
  }
}

/** What --header says outranks what stands in a URL. */
function withDefault(own: readonly HeaderLine[], [taken]: readonly HeaderLine[]): readonly HeaderLine[] {
  if (taken === undefined || own.some(([name]) => name.toLowerCase() === 'authorization')) return own
  return [...own, taken]
}

function checkNames(names: readonly string[], own: readonly Check[]): void {
  const known = [...checks, ...own].map(({ id }) => id)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new UsageError(wrapWords(`There is no check ${unknown}. There are: ${known.join(', ')}.`, 100, '  '))
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

async function run(
  target: Target,
  flags: VerifyFlags,
  {
    api,
    recording,
    own,
  }: { readonly api: ApiProcess | undefined; readonly recording: Recording | undefined; readonly own: Own },
): Promise<VerifyRun> {
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

function pick<T extends object, K extends keyof T>(flags: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  ) as Pick<T, K>
}
