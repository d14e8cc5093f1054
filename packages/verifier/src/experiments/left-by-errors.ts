import { allAnswers } from './all-answers.ts'
import { type Attempt, accepted } from './attempt.ts'
import { boundaryBodies } from './boundary-bodies.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { carries } from './marks.ts'
import { observedCopies } from './observed-copies.ts'
import { unknownMembers } from './unknown-members.ts'

/** A create that was answered with 5xx and is in the collection all the same; with a key, the retry of it. */
export interface LeftByError {
  readonly error: Attempt
  readonly retry?: Attempt
  /** Whether the retry with the same key was answered with what was there. */
  readonly isFound: boolean
}

/** What creates that were answered with 5xx left behind. */
export interface LeftByErrors {
  readonly errors: readonly Attempt[]
  readonly listing?: Listing
  readonly showsMarks: boolean
  /** How many of the errors would be recognised in the collection. */
  readonly recognisable: number
  readonly left: readonly LeftByError[]
}

// One of them is a proof, and some more show that it is no chance.
const mostRetried = 4

/** Looks for what creates with 5xx left in the collection, and retries those that had a key. */
export const leftByErrors: Experiment<LeftByErrors> = {
  name: 'look for what errors of the server left behind',
  async run(lab) {
    // What provokes most errors: other checks have asked for it already.
    await lab.ask(allAnswers)
    await lab.ask(boundaryBodies)
    await lab.ask(unknownMembers)
    const errors = [...lab.broken]
    if (errors.length === 0) return { errors, showsMarks: false, recognisable: 0, left: [] }
    const listing = await listCollection(lab)
    const items = listing.kind === 'listed' ? listing.items : []
    const { marks } = await lab.ask(created)
    const known = errors.filter((error) => ownMarks(error, lab).size > 0)
    const traces = known.filter((error) => items.some((item) => carries(item, ownMarks(error, lab))))
    const left: LeftByError[] = []
    for (const error of traces.slice(0, mostRetried)) left.push(await retried(error, lab))
    const showsMarks = items.some((item) => carries(item, marks))
    return { errors, listing, showsMarks, recognisable: known.length, left }
  },
}

/** The texts of an error that no accepted body had: a variant of it may have been accepted. */
function ownMarks({ marks }: Attempt, lab: Lab): ReadonlySet<string> {
  return new Set([...marks].filter((mark) => !lab.acceptedStrings.has(mark)))
}

async function retried(error: Attempt, lab: Lab): Promise<LeftByError> {
  const { key, body } = error
  if (key === undefined) return { error, isFound: false }
  const retry = await lab.post({ body, key })
  const copies = await observedCopies(lab, body, [retry])
  const isOnlyOne = copies.kind === 'counted' && copies.count <= 1
  return { error, retry, isFound: accepted(retry) && isOnlyOne }
}
