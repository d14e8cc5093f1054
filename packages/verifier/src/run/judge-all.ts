import type { Check } from '../checks/check.ts'
import type { Lab } from '../experiments/lab.ts'
import type { Ledger } from '../experiments/ledger.ts'
import type { Client } from '../http/client.ts'
import { createAllowance } from '../shrink/allowance.ts'
import { shrinkFindings } from '../shrink/shrink-findings.ts'
import type { ApiProcess } from '../start/launch.ts'
import type { Creation } from '../target/target.ts'
import { adoptUntold } from './adopt-untold.ts'
import { byCollection } from './by-collection.ts'
import { isFromExample, type LabFactory } from './lab-factory.ts'
import { neighbourOf } from './neighbour-of.ts'
import { createNursery } from './nursery.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { RunEvent } from './run-event.ts'
import { createRunMemory } from './run-memory.ts'
import { type Subject, toSubject } from './subject.ts'
import { merged, type OperationOutcome, verifyOperation } from './verify-operation.ts'
import type { VerifyOptions } from './verify-options.ts'

/** What it takes to judge the operations of a run. */
export interface Judging {
  readonly options: Pick<VerifyOptions, 'target' | 'exchanges' | 'shrink'>
  readonly creations: readonly Creation[]
  readonly checks: readonly Check[]
  readonly client: Client
  readonly ledger: Ledger
  /** Where the outcomes go, by operation. */
  readonly outcomes: Map<string, OperationOutcome>
  readonly newLab: LabFactory
  readonly power: ApiProcess | undefined
  rest(ms: number): Promise<void>
  tell(event: RunEvent): void
  isStopped(): boolean
  /** Whether so many requests were sent that none are left for what is only nice to know. */
  isScarce(): boolean
}

// Operations are independent of each other, but the target should not be judged by how it bears our load.
const operationsAtOnce = 4

/** Judges all operations: prepares them, lets the checks judge in lanes, shrinks what is red, and kills at the end. */
export async function judgeAll(run: Judging): Promise<void> {
  const { options, checks, client, outcomes, power, tell, isStopped } = run
  const labs = new Set<Lab>()
  const labFor: LabFactory = (...given) => {
    const lab = run.newLab(...given)
    if (typeof lab !== 'string') labs.add(lab)
    return lab
  }
  const subjects = await prepareAll(run, labFor)
  const judgeBy = async ({ creation: { id }, labOf }: Subject, own: readonly Check[]): Promise<void> => {
    const outcome = await verifyOperation({
      ...{ checks: own, labOf, isStopped },
      onVerdict: (check, verdict) => tell({ kind: 'check-finished', operation: id, check, verdict }),
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
        if (isStopped()) return
        tell({ kind: 'operation-started', operation: subject.creation.id })
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
      await shrinkBy(subject, run)
      if (!isLong) letGo(subject)
    }
  }
  if (options.shrink !== false) await Promise.all(byCollection(subjects).map(shrinkLane))
  for (const subject of subjects) {
    const { id } = subject.creation
    if (isStopped() && !outcomes.has(id)) return
    if (alone.length > 0) await judgeBy(subject, alone)
    tell({ kind: 'operation-finished', operation: id, judged: outcomes.get(id)?.unjudged === undefined })
  }
  for (const lab of labs) await adoptUntold(lab)
}

/** Parents first and one by one: a collection must not grow by them while it is judged. */
async function prepareAll({ options, creations, ledger }: Judging, labFor: LabFactory): Promise<Subject[]> {
  const { target } = options
  const nursery = createNursery(target, (creation, surroundings) => labFor(creation, surroundings, 'parent'))
  const preparation = { nursery, labFor, ledger, fromExample: isFromExample(target) }
  const prepared: Prepared[] = []
  for (const creation of creations) prepared.push(await prepare(creation, preparation))
  return prepared.map((one) => toSubject(one, labFor, () => neighbourOf(one, prepared, labFor)))
}

async function shrinkBy(subject: Subject, run: Judging): Promise<void> {
  const { checks, client, outcomes } = run
  const outcome = outcomes.get(subject.creation.id)
  if (outcome === undefined) return
  const verdicts = await shrinkFindings({
    ...{ checks, subject, verdicts: outcome.verdicts },
    exchangeOf: (id) => client.exchanges.find((one) => one.id === id),
    allowance: createAllowance(client, run.rest),
    isOver: () => run.isStopped() || run.isScarce(),
  })
  outcomes.set(subject.creation.id, { ...outcome, verdicts })
}

function hasFinding(outcome: OperationOutcome | undefined): boolean {
  return [...(outcome?.verdicts.values() ?? [])].some(({ kind }) => kind === 'fail')
}
