import { readFileSync } from 'node:fs'
import {
  type HeaderLine,
  loadTarget,
  type Recording,
  readHar,
  type Target,
  TargetError,
  targetFromRecording,
} from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import type { Example } from './example/example.ts'
import type { Source } from './example/read-source.ts'
import { toTarget } from './example/to-target.ts'
import { explainTargetError } from './explain-target-error.ts'
import { pick } from './pick.ts'
import { takeCredentials } from './take-credentials.ts'
import type { VerifyFlags } from './verify-flags.ts'

// What the user can mend on the command line is wrong usage (2); the rest is a target that could not be judged (3).
const USAGE_CODES: ReadonlySet<string> = new Set(['bad-option', 'bad-base-url', 'file-not-found'])

/** A target, and with which header lines it is called. */
export interface Found {
  readonly target: Target
  readonly header: readonly HeaderLine[]
  readonly notes: readonly string[]
  readonly recording?: Recording
}

/**
 * The target that the command line names, or the exit code where there is none to judge; why is told on standard error.
 */
export function findTarget(source: Source, flags: VerifyFlags): Promise<Found | number> | Found | number {
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
  // The credentials of a profile are for its API; whoever serves the document may be a stranger.
  const isElsewhere =
    flags.profile !== undefined &&
    URL.canParse(document.url, base.url) &&
    /^https?:/i.test(document.url) &&
    new URL(document.url).origin !== new URL(base.url).origin
  const header = withDefault(isElsewhere ? [] : own, document.headers)
  const target = await load(document.url, { ...flags, ...baseUrl, header })
  if (typeof target === 'number') return target
  // A password in the document's URL is for its host alone; the document may name another one.
  const isSameHost = URL.canParse(document.url) && new URL(document.url).origin === new URL(target.baseUrl).origin
  const credentials = [...base.headers, ...(isSameHost ? document.headers : [])]
  return { target, header: withDefault(own, credentials), notes: target.warnings }
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
