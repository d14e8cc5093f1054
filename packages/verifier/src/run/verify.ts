import { randomInt } from 'node:crypto'
import type { Check } from '../checks/check.ts'
import type { HeaderLine } from '../exchange/exchange.ts'
import type { Lab } from '../experiments/lab.ts'
import { createLedger } from '../experiments/ledger.ts'
import type { GuidelineName } from '../guidelines/guidelines.ts'
import { createClient } from '../http/client.ts'
import { withOwnChecks } from '../own/with-own-checks.ts'
import type { Recording } from '../recording/recording.ts'
import type { Report } from '../report/report.ts'
import { toReport } from '../report/to-report.ts'
import { createAllowance } from '../shrink/allowance.ts'
import { shrinkFindings } from '../shrink/shrink-findings.ts'
import { type ApiProcess, launch } from '../start/launch.ts'
import type { Target } from '../target/target.ts'
import { adoptUntold } from './adopt-untold.ts'
import { byCollection } from './by-collection.ts'
import { cleanUp } from './clean-up.ts'
import { createEventQueue } from './event-queue.ts'
import { createLabFactory, isFromExample, type LabFactory } from './lab-factory.ts'
import { neighbourOf } from './neighbour-of.ts'
import { createNursery } from './nursery.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { RunEvent } from './run-event.ts'
import { createRunMemory } from './run-memory.ts'
import { selectChecks, selectCreations } from './select.ts'
import { type Subject, toSubject } from './subject.ts'
import { merged, type OperationOutcome, verifyOperation } from './verify-operation.ts'
import { verifyReading } from './verify-reading.ts'
import { verifyRecording } from './verify-recording.ts'

/** What to verify, and within which limits. */
export interface VerifyOptions {
  readonly target: Target
  /** Check ids to run. @default all */
  readonly checks?: readonly string[]
  readonly skipChecks?: readonly string[]
  /** Checks of the user's own, run beside the others; throws {@link InvalidCheck} where one is none. */
  readonly ownChecks?: readonly Check[]
  /** What is judged by, where guidelines disagree or ask for more than the standards. @default 'rfc' */
  readonly guidelines?: GuidelineName
  /** Operations to judge, by operationId or as `POST /orders`. @default all */
  readonly operations?: readonly string[]
  /** Header lines for every request to the target; their values are masked in reports. */
  readonly headers?: readonly HeaderLine[]
  /** Credentials of a second principal; masked in reports. */
  readonly otherHeaders?: readonly HeaderLine[]
  /** Makes the generated values reproducible. @default random */
  readonly seed?: number
  /** Milliseconds for one request. @default 10000 */
  readonly timeoutMs?: number
  /** Simultaneous requests in a race. @default 10 */
  readonly races?: number
  /**
   * Requests of one operation that may be under way at once where that disturbs no observation: those that are to be
   * refused, and reads. Verdicts do not depend on it. @default 4
   */
  readonly concurrency?: number
  /** Requests in the whole run, those that clean up not counted. @default 5000 */
  readonly maxRequests?: number
  /**
   * Repeats what was found with smaller requests, to show the smallest: at most 40 requests and 1.5 s for each
   * finding, and none once half of `maxRequests` are sent. @default true
   */
  readonly shrink?: boolean
  /** Requests a second. @default no limit */
  readonly rate?: number
  /** Which exchanges the report has: those that a result points to, or all of the run. @default 'cited' */
  readonly exchanges?: 'cited' | 'all'
  /**
   * A command line that starts the API, or the API as it was launched: the run may kill it with SIGKILL and start it
   * again, which is what the checks about crashes need. What the run started itself it stops at its end.
   * Throws {@link StartError} when it cannot be started.
   */
  readonly start?: string | ApiProcess
  /** Also sends what looks like an attack: a spoofed Host, line breaks meant for headers, content of 16 MiB. @default false */
  readonly hostile?: boolean
  /**
   * Recorded traffic to be judged instead of the target: then nobody is called. Headers, limits and the seed are not
   * used; what the recording does not show is inconclusive.
   */
  readonly recording?: Recording
  /**
   * Sends nothing but GET, HEAD and OPTIONS: what they show is judged, and what takes a creation is inconclusive.
   * `start`, `hostile` and `otherHeaders` are not used. @default false
   */
  readonly readOnly?: boolean
  /** Goes into the report. */
  readonly profile?: string
  /**
   * Stops the run when it is aborted: at the next request, which is not sent. What was created is deleted, and the
   * report tells what was found out until then; operations that were not finished are not judged.
   */
  readonly signal?: AbortSignal
  /** The clock of the report. */
  readonly now?: () => Date
  /** How to wait between retries. */
  readonly sleep?: (ms: number) => Promise<void>
}

// Enough to meet on any server that handles requests side by side, and few enough for a small database pool.
const usualRaces = 10
// Some twenty creations with everything that can be tried on them.
const usualMaxRequests = 5000
// A browser opens six connections to one host; a target that bears users bears four.
const usualConcurrency = 4
// Operations are independent of each other, but the target should not be judged by how it bears our load.
const operationsAtOnce = 4

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
  const checks = selectChecks(withOwnChecks(options.ownChecks), options)
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
  const exchangeOf = (id: number) => client.exchanges.find((one) => one.id === id)
  const ledger = createLedger()
  const queue = createEventQueue<RunEvent>()
  const outcomes = new Map<string, OperationOutcome>()
  let isStopped = false
  const stop = (): void => {
    isStopped = true
    client.stop()
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
  const labs = new Set<Lab>()
  const labFor: LabFactory = (...given) => {
    const lab = newLab(...given)
    if (typeof lab !== 'string') labs.add(lab)
    return lab
  }
  const nursery = createNursery(target, (creation, surroundings) => labFor(creation, surroundings, 'parent'))

  const work = async (): Promise<void> => {
    // Parents first and one by one: a collection must not grow by them while it is judged.
    const preparation = { nursery, labFor, ledger, fromExample: isFromExample(target) }
    const prepared: Prepared[] = []
    for (const creation of creations) prepared.push(await prepare(creation, preparation))
    const subjects = prepared.map((one) => toSubject(one, labFor, () => neighbourOf(one, prepared, labFor)))
    const judgeBy = async ({ creation: { id }, labOf }: Subject, own: readonly Check[]): Promise<void> => {
      const outcome = await verifyOperation({
        checks: own,
        labOf,
        isStopped: () => isStopped,
        onVerdict: (check, verdict) => queue.push({ kind: 'check-finished', operation: id, check, verdict }),
      })
      outcomes.set(id, merged(outcomes.get(id), outcome))
    }
    // A killed server disturbs everybody who talks to it; where none can be killed, nothing needs to come last.
    const alone = checks.filter((check) => check.alone === true && power !== undefined)
    const together = checks.filter((check) => !alone.includes(check))
    const lanes = byCollection(subjects)
    const memory = createRunMemory(client, outcomes)
    // What comes after all others goes on with what they know, and a report of all exchanges needs all of them.
    const isLong = alone.length > 0 || options.exchanges === 'all'
    /** Of a lab that is over only what its answers did not tell is of use. */
    const letGo = (subject: Subject): void => {
      for (const lab of subject.release()) if (lab.untold.length === 0) labs.delete(lab)
    }
    const runLane = async (): Promise<void> => {
      for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
        for (const subject of lane) {
          if (isStopped) return
          queue.push({ kind: 'operation-started', operation: subject.creation.id })
          const ended = memory.begin()
          await judgeBy(subject, together)
          if (isLong) continue
          ended()
          if (!hasFinding(outcomes.get(subject.creation.id))) letGo(subject)
        }
      }
    }
    await Promise.all(Array.from({ length: operationsAtOnce }, runLane))
    // When all that needs requests has had its own: what is found is worth more than how small it is.
    const shrinkLane = async (lane: readonly Subject[]): Promise<void> => {
      for (const subject of lane) {
        const outcome = outcomes.get(subject.creation.id)
        if (outcome === undefined) continue
        const verdicts = await shrinkFindings({
          ...{ checks, subject, verdicts: outcome.verdicts, exchangeOf },
          allowance: createAllowance(client, rest),
          isOver: () => isStopped || client.count > maxRequests / 2,
        })
        outcomes.set(subject.creation.id, { ...outcome, verdicts })
        if (!isLong) letGo(subject)
      }
    }
    if (options.shrink !== false) await Promise.all(byCollection(subjects).map(shrinkLane))
    for (const subject of subjects) {
      const { id } = subject.creation
      if (isStopped && !outcomes.has(id)) return
      if (alone.length > 0) await judgeBy(subject, alone)
      queue.push({ kind: 'operation-finished', operation: id, judged: outcomes.get(id)?.unjudged === undefined })
    }
    for (const lab of labs) await adoptUntold(lab)
  }

  let leftovers: string[] = []
  try {
    yield { kind: 'started', operations: creations.map(({ id }) => id), checks: checks.map(({ id }) => id), seed }
    const working = work().then(
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

function hasFinding(outcome: OperationOutcome | undefined): boolean {
  return [...(outcome?.verdicts.values() ?? [])].some(({ kind }) => kind === 'fail')
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Pick<T, K>
}
