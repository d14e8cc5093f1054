import type { Attempt } from './attempt.ts'
import type { Completion } from './completion.ts'
import { completionOf } from './completion-of.ts'
import type { Experiment } from './experiment.ts'
import { preferences } from './preferences.ts'

/** A create with the wish to be answered before the work is done, and its end where it was only accepted. */
export interface AskedLater {
  readonly attempt: Attempt
  readonly ended?: Completion
}

/** Follows the create that was sent with `Prefer: respond-async`. */
export const askedLater: Experiment<AskedLater> = {
  name: 'follow a create that asked for 202',
  async run(lab) {
    const { later } = await lab.ask(preferences)
    return { attempt: later, ...(later.status === 202 ? { ended: await completionOf(lab, later) } : {}) }
  },
}
