import { StartError } from '../start/start-error.ts'
import { type Attempt, accepted, type Tried } from './attempt.ts'
import { copiesIn, type ListedCopies } from './copies-in.ts'
import { acknowledge, type CrashLoad, crashLoad, puttingOff, type Sent } from './crash-load.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { inBatches } from './in-batches.ts'
import type { Lab } from './lab.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'
import { type ReadBack, readBack } from './read-back.ts'

/** A creation that was sent under kills, and what there is of it in the end. */
export interface CrashedCreation extends Sent {
  /** Whether a try was left unanswered. */
  readonly isCut: boolean
  /** How often the collection shows it; undefined when that cannot be told. */
  readonly listed?: ListedCopies
  /** What its own URL shows, where the collection does not show it. */
  readonly read?: ReadBack
  /** Sent once more with its key after everything, where it had been acknowledged before a kill. */
  readonly replay?: Tried
}

/** What became of everything that was created while the API was killed and started again. */
export type Crashes =
  | { readonly kind: 'off' }
  | { readonly kind: 'impossible'; readonly reason: string }
  | {
      readonly kind: 'survived'
      readonly kills: number
      readonly creations: readonly CrashedCreation[]
      readonly listing: Listing
      /** Created and looked for after the last restart: whoever does not see this sees nothing. */
      readonly control: { readonly tried: Tried; readonly isSeen: boolean }
    }

// 6 s in all, longer than a server needs that recovers when it starts.
const waits = [100, 400, 1000, 1500, 3000]
// What is read one by one; the rest is told by the collection.
const mostReads = 12

/** Creates while the API is killed and started again, retries what was cut, and looks at what exists. */
export const crashes: Experiment<Crashes> = {
  name: 'kill the API while it creates',
  async run(lab) {
    const { power } = lab
    if (power === undefined) return { kind: 'off' }
    await lab.ask(created)
    await lab.ask(createdRead)
    try {
      const load = await crashLoad(lab, power)
      const control = await lab.tryPost({ body: lab.newBody() })
      await settle(lab, load.sent.filter(isCut), load.kills)
      const replays = new Map<Sent, Tried>()
      for (const one of load.lastBefore) {
        if (one.key !== undefined) replays.set(one, await lab.tryPost({ body: one.body, key: one.key }))
      }
      const { listing, creations } = await lookAfter(lab, load, replays)
      const isSeen = await seen(lab, control, listing)
      return { kind: 'survived', kills: load.kills, creations, listing, control: { tried: control, isSeen } }
    } catch (error) {
      if (error instanceof StartError) return { kind: 'impossible', reason: error.message }
      throw error
    }
  },
}

function isCut({ tries }: Sent): boolean {
  return tries.some(({ kind }) => kind === 'unanswered')
}

/** Retries what was cut until the answer is one for good; all wait together. */
async function settle(lab: Lab, cut: readonly Sent[], kills: number): Promise<void> {
  for (const wait of [0, ...waits]) {
    const open = cut.filter(({ key, tries }) => key !== undefined && isOpen(tries.at(-1)))
    if (open.length === 0) return
    await lab.sleep(wait)
    await inBatches(open, lab.concurrency, async (one) => {
      const tried = await lab.tryPost({ body: one.body, key: one.key ?? 'none' })
      one.tries.push(tried)
      acknowledge(one, tried, kills)
    })
  }
}

function isOpen(last: Tried | undefined): boolean {
  return last === undefined || last.kind === 'unanswered' || puttingOff.includes(last.attempt.status)
}

async function lookAfter(
  lab: Lab,
  { sent, kills }: CrashLoad,
  replays: ReadonlyMap<Sent, Tried>,
): Promise<{ listing: Listing; creations: CrashedCreation[] }> {
  const listing = await listCollection(lab)
  const counts = new Map(sent.map((one) => [one, copiesIn(lab, one.body, attemptsOf(one, replays), listing)]))
  if (listing.kind === 'listed') for (const one of sent) adoptUnknown(lab, one, listing)
  const unseen = sent.filter((one) => one.acknowledged !== undefined && (counts.get(one)?.count ?? 0) === 0)
  // What was acknowledged before a kill: the latest are most at risk. What the last retries acknowledged: all of it.
  const promised = unseen.filter(({ acknowledged }) => acknowledged?.after !== kills)
  const settled = unseen.filter(({ acknowledged }) => acknowledged?.after === kills)
  const reads = await readPatiently(lab, [...promised.slice(-mostReads), ...settled])
  const creations = sent.map((one): CrashedCreation => {
    const [listed, read, replay] = [counts.get(one), reads.get(one), replays.get(one)]
    return {
      ...one,
      isCut: isCut(one),
      ...(listed === undefined ? {} : { listed }),
      ...(read === undefined ? {} : { read }),
      ...(replay === undefined ? {} : { replay }),
    }
  })
  return { listing, creations }
}

function attemptsOf(one: Sent, replays: ReadonlyMap<Sent, Tried>): Attempt[] {
  const replay = replays.get(one)
  const tries = [...one.tries, ...(replay === undefined ? [] : [replay])]
  return tries.flatMap((tried) => (tried.kind === 'answered' ? [tried.attempt] : []))
}

/** Reads what was acknowledged; what is not there is looked for again, since a server may still be loading. */
async function readPatiently(lab: Lab, sent: readonly Sent[]): Promise<Map<Sent, ReadBack>> {
  const reads = new Map<Sent, ReadBack>()
  const look = async (one: Sent): Promise<void> => {
    if (one.acknowledged !== undefined) reads.set(one, await readBack(lab, one.acknowledged.attempt))
  }
  await inBatches(sent, lab.concurrency, look)
  const missing = sent.filter((one) => reads.get(one)?.kind === 'missing')
  if (missing.length > 0) await lab.sleep(1000)
  await inBatches(missing, lab.concurrency, look)
  return reads
}

/** What exists of a creation whose answer was lost is ours too, and is deleted at the end. */
function adoptUnknown(lab: Lab, { body }: Sent, listing: Extract<Listing, { kind: 'listed' }>): void {
  const marks = lab.marks(body)
  for (const item of listing.items) if (carries(item, marks)) lab.adopt(item, listing.evidence[0] ?? 0)
}

async function seen(lab: Lab, control: Tried, listing: Listing): Promise<boolean> {
  if (control.kind === 'unanswered' || !accepted(control.attempt)) return false
  if ((copiesIn(lab, control.attempt.body, [control.attempt], listing)?.count ?? 0) > 0) return true
  return (await readBack(lab, control.attempt)).kind === 'read'
}
