import { allAnswers, type NamedAnswer } from '../experiments/all-answers.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { collectionAfter } from '../experiments/collection-after.ts'
import { created, createdAgain, createdAgainRead, createdRead } from '../experiments/created.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { type InvalidTried, invalidBodies } from '../experiments/invalid-bodies.ts'
import type { Listing } from '../experiments/list-collection.ts'
import type { ReadBack } from '../experiments/read-back.ts'
import { type Replayed, replay } from '../experiments/replay.ts'

/** What checks of the user's own can ask for; what another check asked for is not sent again. */
export interface Experiments {
  /** The first create that the target accepts, from a fresh valid body. */
  readonly created: Experiment<Attempt>
  /** It, read back. */
  readonly createdRead: Experiment<ReadBack>
  /** Another create, from another body. */
  readonly createdAgain: Experiment<Attempt>
  readonly createdAgainRead: Experiment<ReadBack>
  /** The collection after two creates. */
  readonly collectionAfter: Experiment<Listing>
  /** A body for each rule of the schema, which breaks just that. */
  readonly invalidBodies: Experiment<readonly InvalidTried[]>
  /** The same request with the same key, twice. */
  readonly replay: Experiment<Replayed>
  /** Every kind of answer of the operation, by name: the right ones and the refusals. */
  readonly allAnswers: Experiment<readonly NamedAnswer[]>
}

/** The experiments that are open to checks of the user's own. */
export const experiments: Experiments = {
  ...{ created, createdRead, createdAgain, createdAgainRead },
  ...{ collectionAfter, invalidBodies, replay, allAnswers },
}
