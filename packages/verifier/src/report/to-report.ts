import { causeOf } from '../causes/cause-of.ts'
import { leadingCheck } from '../causes/leading-check.ts'
import type { Check } from '../checks/check.ts'
import type { Level } from '../evidence/level.ts'
import type { Verdict } from '../evidence/verdict.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { maskSecrets } from '../exchange/mask-secrets.ts'
import { scrubber } from '../exchange/scrubber.ts'
import { type GuidelineName, guidelines } from '../guidelines/guidelines.ts'
import type { OperationOutcome } from '../run/verify-operation.ts'
import type { VerifyOptions } from '../run/verify-options.ts'
import type { Creation, Target } from '../target/target.ts'
import { findingId } from './finding-id.ts'
import type { Report, ReportedOperation, Result } from './report.ts'
import { toCurl } from './to-curl.ts'
import { toolVersion } from './tool-version.ts'

/** Everything that a run found out. */
export interface RunOutcome {
  readonly options: VerifyOptions
  readonly target: Target
  readonly creations: readonly Creation[]
  readonly checks: readonly Check[]
  readonly outcomes: ReadonlyMap<string, OperationOutcome>
  readonly exchanges: readonly Exchange[]
  readonly leftovers: readonly string[]
  readonly startedAt: Date
  readonly durationMs: number
  readonly seed: number
  readonly requests: number
}

// Enough of a body to understand it; a report is read by people.
const longestBody = 16_384
const severity: readonly Level[] = ['note', 'warning', 'error']

/** Makes the report of a run. Secrets are masked here, before any format sees them. */
export function toReport(run: RunOutcome): Report {
  const { options, target } = run
  const secrets = [...(options.headers ?? []), ...(options.otherHeaders ?? [])]
  const byId = new Map(run.exchanges.map((exchange) => [exchange.id, exchange]))
  const shown = (id: number): Exchange | undefined => {
    const exchange = byId.get(id)
    return exchange === undefined ? undefined : shortened(maskSecrets(exchange, secrets))
  }
  const scrub = scrubber(secrets)
  const results = run.creations.flatMap((creation) => {
    const verdicts = run.outcomes.get(creation.id)?.verdicts ?? new Map<string, Verdict>()
    const red = new Set([...verdicts].flatMap(([id, { kind }]) => (kind === 'fail' ? [id] : [])))
    return run.checks.flatMap((check) => {
      const verdict = verdicts.get(check.id)
      return verdict === undefined ? [] : [scrubbed(toResult(check, creation, verdict, { shown, red }), scrub)]
    })
  })
  const ids = options.exchanges === 'all' ? byId.keys() : new Set(results.flatMap(({ evidence }) => evidence))
  const told = [...ids].sort((a, b) => a - b)
  return {
    schemaVersion: 1,
    tool: { name: 'createonce', version: toolVersion },
    target: {
      baseUrl: target.baseUrl,
      document: target.document.source,
      ...(options.profile === undefined ? {} : { profile: options.profile }),
    },
    guidelines: byWhich(options.guidelines),
    startedAt: run.startedAt.toISOString(),
    durationMs: run.durationMs,
    seed: run.seed,
    requests: run.requests,
    operations: run.creations.map((creation) => toOperation(creation, run.outcomes.get(creation.id))),
    ...(options.readOnly === true && { readOnly: true as const }),
    checks: run.checks.map(({ id, group, title }) => ({ id, group, title })),
    results,
    exchanges: told.map(shown).filter((exchange) => exchange !== undefined),
    leftovers: run.leftovers.map(scrub),
  }
}

function byWhich(name: GuidelineName = 'rfc'): NonNullable<Report['guidelines']> {
  const { title, source } = guidelines[name]
  return { name, title, source }
}

function toResult(
  check: Check,
  creation: Creation,
  verdict: Verdict,
  { shown, red }: { shown: (id: number) => Exchange | undefined; red: ReadonlySet<string> },
): Result {
  const evidence = 'evidence' in verdict ? verdict.evidence : []
  const level = verdict.kind === 'fail' ? lower(check.level, verdict.level) : check.level
  const base = {
    check: check.id,
    operation: creation.id,
    verdict: verdict.kind,
    level,
    basis: check.basis,
    source: check.source,
    evidence,
  }
  if (verdict.kind === 'pass') return { ...base, message: check.title }
  if (verdict.kind !== 'fail') return { ...base, message: verdict.reason }
  const cause = causeOf(check.id)
  const explainedBy = leadingCheck(check.id, red)
  const telling = evidence[0] === undefined ? undefined : shown(evidence[0])
  return {
    ...base,
    id: findingId(check.id, creation),
    message: verdict.message,
    fix: verdict.fix,
    ...(verdict.shrunkFrom === undefined ? {} : { shrunkFrom: verdict.shrunkFrom }),
    ...(cause === undefined
      ? {}
      : { cause: { id: cause.id, title: cause.title, page: `docs/reference/fixes/${cause.id}.md` } }),
    ...(explainedBy === undefined ? {} : { explainedBy }),
    // Half a body repeats nothing.
    ...(telling === undefined || telling.request.body.length > longestBody ? {} : { reproduce: toCurl(telling) }),
  }
}

// A message may quote what the target said.
function scrubbed(result: Result, scrub: (text: string) => string): Result {
  return { ...result, message: scrub(result.message) }
}

function lower(own: Level, given: Level | undefined): Level {
  return given !== undefined && severity.indexOf(given) < severity.indexOf(own) ? given : own
}

function toOperation(creation: Creation, outcome: OperationOutcome | undefined): ReportedOperation {
  const { duplicates, idempotency, naturalKey } = creation.policy
  const reason = outcome === undefined ? 'the run was stopped before it' : outcome.unjudged
  return {
    id: creation.id,
    method: creation.method,
    path: creation.path,
    policy: {
      ...(duplicates === undefined ? {} : { duplicates: duplicates.value }),
      ...(idempotency === undefined ? {} : { idempotency: idempotency.value }),
      ...(naturalKey === undefined ? {} : { naturalKey: naturalKey.value }),
    },
    inferred: [
      ...(duplicates?.from === 'inferred' ? [`duplicates ${duplicates.value}: ${duplicates.why}`] : []),
      ...(idempotency?.from === 'inferred' ? [`idempotency ${idempotency.value}: ${idempotency.why}`] : []),
      ...(naturalKey?.from === 'inferred' ? [`natural key ${naturalKey.value.join(', ')}: ${naturalKey.why}`] : []),
    ],
    judged: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
  }
}

function shortened(exchange: Exchange): Exchange {
  const short = (body: string) =>
    body.length > longestBody ? `${body.slice(0, longestBody)}… (${body.length} characters)` : body
  const { request, response } = exchange
  return {
    ...exchange,
    request: { ...request, body: short(request.body) },
    ...(response === undefined ? {} : { response: { ...response, body: short(response.body) } }),
  }
}
