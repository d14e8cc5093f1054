import { type Attempt, accepted, type Tried } from './attempt.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { inBatches } from './in-batches.ts'
import { invalidBodies } from './invalid-bodies.ts'
import type { Lab } from './lab.ts'
import { type LeftAtName, leftAtName } from './left-at-name.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { malformedBodies } from './malformed-bodies.ts'
import { carries } from './marks.ts'
import { mediaTypes } from './media-types.ts'

/** A rejected request whose marks are in the collection all the same. */
export interface Trace {
  readonly name: string
  readonly rejection: Attempt
}

/** What the rejected requests of this lab left behind. */
export interface RejectedTraces {
  readonly listing: Listing
  /** Whether the collection shows the text by which its items could be recognised. */
  readonly showsMarks: boolean
  /** Rejected requests that would be recognised if they had left something. */
  readonly recognisable: number
  readonly traces: readonly Trace[]
  /** What a PUT that was rejected left at its own URL. */
  readonly looks: readonly (LeftAtName & { readonly name: string; readonly rejection: Attempt })[]
}

async function looksAt(lab: Lab, sent: readonly { name: string; tried: Tried }[]): Promise<RejectedTraces['looks']> {
  const read = await lab.ask(createdRead)
  // Where not even what was created is shown, there is nothing to look at.
  if (lab.operation.creation.method !== 'PUT' || read.kind !== 'read') return []
  const rejected = sent.flatMap(({ name, tried }) =>
    tried.kind === 'answered' && !accepted(tried.attempt) ? [{ name, rejection: tried.attempt }] : [],
  )
  const looks = await inBatches(rejected, lab.concurrency, async (one) => {
    const look = await leftAtName(lab, one.rejection)
    return look === undefined ? [] : [{ ...one, ...look }]
  })
  return looks.flat()
}

/** Looks in the collection for anything made from a request that was rejected. */
export const rejectedTraces: Experiment<RejectedTraces> = {
  name: 'look for what rejected requests left behind',
  async run(lab) {
    const sent: { name: string; body: unknown; tried: Tried }[] = [
      ...(await lab.ask(invalidBodies)).map(({ violation, tried }) => ({
        name: violation.name,
        body: violation.body,
        tried,
      })),
      ...(await lab.ask(malformedBodies)),
      ...(await lab.ask(mediaTypes)).map(({ label, body, tried }) => ({ name: label, body, tried })),
    ]
    const listing = await listCollection(lab)
    const items = listing.kind === 'listed' ? listing.items : []
    const { marks: knownMarks } = await lab.ask(created)
    const showsMarks = items.some((item) => carries(item, knownMarks))
    const traces: Trace[] = []
    let recognisable = 0
    for (const { name, body, tried } of sent) {
      if (tried.kind === 'unanswered' || accepted(tried.attempt)) continue
      // Invalid bodies may be variants of one valid body: what an accepted one left is no trace of a rejected one.
      const marks = new Set([...lab.marks(body)].filter((mark) => !lab.acceptedStrings.has(mark)))
      if (marks.size > 0) recognisable++
      if (items.some((item) => carries(item, marks))) traces.push({ name, rejection: tried.attempt })
    }
    return { listing, showsMarks, recognisable, traces, looks: await looksAt(lab, sent) }
  },
}
