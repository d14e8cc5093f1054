import { createLedger } from '../experiments/ledger.ts'
import { createClient } from '../http/client.ts'
import { withOwnChecks } from '../own/with-own-checks.ts'
import { judgeReading } from '../reading/judge-reading.ts'
import { parentsByReading } from '../reading/parents-by-reading.ts'
import { readOnlyClient } from '../reading/read-only-client.ts'
import { toReadingLab } from '../reading/reading-lab.ts'
import type { Report } from '../report/report.ts'
import { toReport } from '../report/to-report.ts'
import { createLabFactory } from './lab-factory.ts'
import type { RunEvent } from './run-event.ts'
import { selectChecks, selectCreations } from './select.ts'
import type { OperationOutcome } from './verify-operation.ts'
import type { VerifyOptions } from './verify-options.ts'

/** Judges creations without creating anything: by GET, HEAD and OPTIONS. What takes a creation is inconclusive. */
export async function* verifyReading(options: VerifyOptions): AsyncGenerator<RunEvent, Report> {
  const { target, signal } = options
  const checks = selectChecks(withOwnChecks(options.ownChecks, options), options)
  const creations = selectCreations(target.creations, options.operations)
  const startedAt = (options.now ?? (() => new Date()))()
  const started = performance.now()
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)))
  const { headers, timeoutMs, maxRequests, rate } = options
  // Whatever asks, nothing else leaves: it is the only client of the run.
  const client = readOnlyClient(
    createClient({
      ...{ origin: new URL(target.baseUrl).origin, sleep },
      ...(headers !== undefined && { headers }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(maxRequests !== undefined && { maxRequests }),
      ...(rate !== undefined && { rate }),
    }),
  )
  const seed = options.seed ?? 0
  const labFor = createLabFactory({
    ...{ target, client, seed, sleep, ledger: createLedger(), salt: '', races: 1, concurrency: 1, hostile: false },
    headers: headers ?? [],
    otherHeaders: [],
  })
  const stop = (): void => client.stop()
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const outcomes = new Map<string, OperationOutcome>()
  try {
    yield { kind: 'started', operations: creations.map(({ id }) => id), checks: checks.map(({ id }) => id), seed }
    for (const creation of creations) {
      if (signal?.aborted) break
      yield { kind: 'operation-started', operation: creation.id }
      const parents = await parentsByReading(client, target, creation)
      const outcome = await judgeReading(checks, () => {
        const lab = labFor(creation, { kind: 'ready', parents, references: {} }, 'reading')
        return typeof lab === 'string' ? lab : toReadingLab(lab, client, target)
      })
      if (signal?.aborted) break
      outcomes.set(creation.id, outcome)
      for (const [check, { kind }] of outcome.verdicts)
        yield { kind: 'check-finished', operation: creation.id, check, verdict: kind }
      yield { kind: 'operation-finished', operation: creation.id, judged: outcome.unjudged === undefined }
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    client.close()
  }
  const durationMs = Math.round(performance.now() - started)
  yield { kind: 'finished', requests: client.count, durationMs }
  const { exchanges, count: requests } = client
  return toReport({
    ...{ options, target, creations, checks, outcomes, exchanges, startedAt, durationMs },
    ...{ leftovers: [], seed, requests },
  })
}
