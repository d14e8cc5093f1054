import { randomInt } from 'node:crypto'
import type { Lab } from '../experiments/lab.ts'
import { createLedger, type Ledger } from '../experiments/ledger.ts'
import { createClient } from '../http/client.ts'
import type { Report } from '../report/report.ts'
import { toReport } from '../report/to-report.ts'
import { adoptUntold } from '../run/adopt-untold.ts'
import { cleanUp } from '../run/clean-up.ts'
import { createLabFactory, isFromExample, type LabFactory } from '../run/lab-factory.ts'
import { createNursery } from '../run/nursery.ts'
import { prepare } from '../run/prepare.ts'
import type { RunEvent } from '../run/run-event.ts'
import { selectCreations } from '../run/select.ts'
import { type OperationOutcome, verifyOperation } from '../run/verify-operation.ts'
import type { Creation } from '../target/target.ts'
import { budgetedClient } from './budget.ts'
import { smokeHeaders } from './smoke-headers.ts'
import type { SmokeOptions } from './smoke-options.ts'
import { smokeReading } from './smoke-reading.ts'
import { judgeCleanUp, stepCleanUp } from './steps/step-clean-up.ts'
import { stepCompare } from './steps/step-compare.ts'
import { stepCreate } from './steps/step-create.ts'
import { stepLocation } from './steps/step-location.ts'
import { stepReject } from './steps/step-reject.ts'
import { stepRetry } from './steps/step-retry.ts'
import { withKeys } from './with-keys.ts'

/**
 * Tries every creation of a target with the few requests that show that a deployment works: create, follow Location,
 * compare, retry, reject, clean up. At most ten requests an operation, one operation after the other. Yields what
 * happens, and returns a report in which the steps stand as checks. Deletes what it created, also when it is stopped;
 * throws {@link UnknownName} for an operation that does not exist.
 */
export async function* smoke(options: SmokeOptions): AsyncGenerator<RunEvent, Report> {
  const headers = smokeHeaders(options.headers)
  if (options.readOnly === true) return yield* smokeReading({ ...options, headers })
  const { target: described } = options
  const creations = selectCreations(described.creations, options.operations)
  const target = withKeys(described)
  const steps = [stepCreate, stepLocation(options.publicBaseUrl), stepCompare, stepRetry, stepReject]
  const checks = [...steps, stepCleanUp]
  const startedAt = (options.now ?? (() => new Date()))()
  const started = performance.now()
  const seed = options.seed ?? randomInt(2 ** 31)
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)))
  const client = createClient({
    ...{ origin: new URL(target.baseUrl).origin, sleep, headers },
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    ...(options.rate !== undefined && { rate: options.rate }),
  })
  let isStopped = false
  const stop = (): void => {
    isStopped = true
    client.stop()
  }
  if (options.signal?.aborted) stop()
  options.signal?.addEventListener('abort', stop, { once: true })

  /** A factory of labs that share the requests of one operation. */
  const labsOf = (ledger: Ledger, labs: Lab[]): LabFactory => {
    const newLab = createLabFactory({
      ...{ target, ledger, seed, headers, salt: startedAt.toISOString(), races: 1, concurrency: 1, hostile: false },
      client: budgetedClient(client, ledger),
      sleep: async (ms) => (isStopped ? undefined : sleep(ms)),
      otherHeaders: [],
    })
    return (...given) => {
      const lab = newLab(...given)
      if (typeof lab !== 'string') labs.push(lab)
      return lab
    }
  }
  const judge = async (known: Creation, ledger: Ledger): Promise<OperationOutcome> => {
    const labs: Lab[] = []
    const labFor = labsOf(ledger, labs)
    const nursery = createNursery(target, (creation, surroundings) => labFor(creation, surroundings, 'parent'))
    const { creation, surroundings } = await prepare(known, {
      ...{ nursery, labFor, ledger, fromExample: isFromExample(target) },
    })
    const lab = surroundings.kind === 'impossible' ? surroundings.reason : labFor(creation, surroundings, 'smoke')
    const outcome = await verifyOperation({
      ...{ checks: steps, labOf: () => lab, isStopped: () => isStopped },
      onVerdict: () => {},
    })
    for (const one of labs) await adoptUntold(one)
    return outcome
  }

  const outcomes = new Map<string, OperationOutcome>()
  const ledgers = new Map<string, Ledger>()
  const leftovers: string[] = []
  try {
    yield { kind: 'started', operations: creations.map(({ id }) => id), checks: checks.map(({ id }) => id), seed }
    for (const { id } of creations) {
      if (isStopped) break
      yield { kind: 'operation-started', operation: id }
      const ledger = createLedger()
      ledgers.set(id, ledger)
      const known = target.creations.find((one) => one.id === id)
      if (known !== undefined) outcomes.set(id, await judge(known, ledger))
      for (const [check, verdict] of outcomes.get(id)?.verdicts ?? [])
        yield { kind: 'check-finished', operation: id, check, verdict: verdict.kind }
    }
    yield { kind: 'cleaning-up', made: [...ledgers.values()].reduce((sum, { made }) => sum + made.length, 0) }
  } finally {
    options.signal?.removeEventListener('abort', stop)
    client.cleanUp()
    try {
      for (const [id, ledger] of ledgers) {
        const before = client.count
        // What was made last may refer to what was made before it.
        const made = ledger.made.toReversed()
        const left = await cleanUp(client, { made }, 1)
        leftovers.push(...left)
        const evidence = client.exchanges.filter((one) => one.id > before)
        const outcome = outcomes.get(id) ?? { verdicts: new Map(), unjudged: 'the run was stopped while it was judged' }
        const verdict = judgeCleanUp(made.length, left, evidence)
        outcomes.set(id, { ...outcome, verdicts: new Map([...outcome.verdicts, [stepCleanUp.id, verdict]]) })
      }
    } finally {
      client.close()
    }
  }
  for (const { id } of creations) {
    const outcome = outcomes.get(id)
    if (outcome === undefined) continue
    yield {
      kind: 'check-finished',
      operation: id,
      check: stepCleanUp.id,
      verdict: outcome.verdicts.get('clean-up')!.kind,
    }
    yield { kind: 'operation-finished', operation: id, judged: outcome.unjudged === undefined }
  }
  const durationMs = Math.round(performance.now() - started)
  yield { kind: 'finished', requests: client.count, durationMs }
  return toReport({
    ...{ target: described, creations, checks, outcomes, exchanges: client.exchanges, leftovers },
    ...{ options: { ...options, headers }, startedAt, durationMs, seed, requests: client.count },
  })
}
