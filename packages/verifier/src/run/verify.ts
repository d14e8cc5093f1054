import { randomInt } from 'node:crypto'
import { createLedger } from '../experiments/ledger.ts'
import { createClient } from '../http/client.ts'
import { withOwnChecks } from '../own/with-own-checks.ts'
import type { Report } from '../report/report.ts'
import { toReport } from '../report/to-report.ts'
import { launch } from '../start/launch.ts'
import { cleanUp } from './clean-up.ts'
import { createEventQueue } from './event-queue.ts'
import { judgeAll } from './judge-all.ts'
import { createLabFactory } from './lab-factory.ts'
import type { RunEvent } from './run-event.ts'
import { selectChecks, selectCreations } from './select.ts'
import type { OperationOutcome } from './verify-operation.ts'
import type { VerifyOptions } from './verify-options.ts'
import { verifyReading } from './verify-reading.ts'
import { verifyRecording } from './verify-recording.ts'

// Enough to meet on any server that handles requests side by side, and few enough for a small database pool.
const usualRaces = 10
// Some twenty creations with everything that can be tried on them.
const usualMaxRequests = 5000
// A browser opens six connections to one host; a target that bears users bears four.
const usualConcurrency = 4

/**
 * Judges every creation of a target by experiment. Yields what happens, and returns the report. Deletes what it
 * created; throws {@link UnknownName} for a check or an operation that does not exist. Whoever wants no report can
 * leave the loop: the run then stops like one whose `signal` was aborted, and cleans up.
 *
 * @example
 * const run = verify({ target: await loadTarget('http://localhost:3000') })
 * let step = await run.next()
 * while (!step.done) step = await run.next()
 * console.log(toTerminal(step.value))
 */
export async function* verify(options: VerifyOptions): AsyncGenerator<RunEvent, Report> {
  if (options.recording !== undefined) return yield* verifyRecording({ ...options, recording: options.recording })
  if (options.readOnly === true) return yield* verifyReading(options)
  const { target } = options
  const ending = new AbortController()
  const checks = selectChecks(withOwnChecks(options.ownChecks, { ...options, signal: ending.signal }), options)
  const creations = selectCreations(target.creations, options.operations)
  const now = options.now ?? (() => new Date())
  const seed = options.seed ?? randomInt(2 ** 31)
  const power = typeof options.start === 'string' ? await launch(options.start, { url: target.baseUrl }) : options.start
  const startedAt = now()
  const started = performance.now()
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)))
  const maxRequests = options.maxRequests ?? usualMaxRequests
  const client = createClient({
    origin: new URL(target.baseUrl).origin,
    sleep,
    maxRequests,
    ...pick(options, ['headers', 'timeoutMs', 'rate']),
  })
  const ledger = createLedger()
  const queue = createEventQueue<RunEvent>()
  const outcomes = new Map<string, OperationOutcome>()
  let isStopped = false
  const stop = (): void => {
    isStopped = true
    client.stop()
    ending.abort()
  }
  if (options.signal?.aborted) stop()
  options.signal?.addEventListener('abort', stop, { once: true })

  const rest = async (ms: number): Promise<void> => (isStopped ? undefined : sleep(ms))
  const newLab = createLabFactory({
    target,
    client,
    ledger,
    seed,
    sleep: rest,
    salt: startedAt.toISOString(),
    races: options.races ?? usualRaces,
    headers: options.headers ?? [],
    otherHeaders: options.otherHeaders ?? [],
    hostile: options.hostile ?? false,
    ...(power === undefined ? {} : { power }),
    concurrency: Math.max(1, options.concurrency ?? usualConcurrency),
  })
  let leftovers: string[] = []
  try {
    yield { kind: 'started', operations: creations.map(({ id }) => id), checks: checks.map(({ id }) => id), seed }
    const working = judgeAll({
      ...{ options, creations, checks, client, ledger, outcomes, newLab, rest, power },
      tell: (event) => queue.push(event),
      isStopped: () => isStopped,
      isScarce: () => client.count > maxRequests / 2,
    }).then(
      () => queue.close(),
      (error: unknown) => queue.close(error),
    )
    try {
      yield* queue.take()
    } finally {
      stop()
      await working
    }
    yield { kind: 'cleaning-up', made: ledger.made.length }
  } finally {
    options.signal?.removeEventListener('abort', stop)
    client.cleanUp()
    try {
      // A run that was stopped right after a kill cannot delete anything otherwise.
      await power?.start()
      leftovers = await cleanUp(client, ledger)
    } finally {
      client.close()
      if (typeof options.start === 'string') await power?.stop()
    }
  }
  const durationMs = Math.round(performance.now() - started)
  yield { kind: 'finished', requests: client.count, durationMs }
  return toReport({
    options,
    target,
    creations,
    checks,
    outcomes,
    exchanges: client.exchanges,
    leftovers,
    startedAt,
    durationMs,
    seed,
    requests: client.count,
  })
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Pick<T, K>
}
