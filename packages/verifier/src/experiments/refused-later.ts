import type { Completion } from './completion.ts'
import { completionOf } from './completion-of.ts'
import type { Experiment } from './experiment.ts'
import { type InvalidTried, invalidBodies } from './invalid-bodies.ts'

/** An invalid body that was accepted with 202, and what became of it. */
export interface RefusedLater {
  readonly tried: InvalidTried
  readonly ended: Completion
}

// Each has to be waited for; one rule is as good as another to see who looks at the input.
const mostFollowed = 3

/** Follows invalid bodies that were only accepted: whoever looks at the input later tells of it at the monitor. */
export const refusedLater: Experiment<readonly RefusedLater[]> = {
  name: 'follow invalid bodies that were accepted with 202',
  async run(lab) {
    const outcomes: RefusedLater[] = []
    for (const one of await lab.ask(invalidBodies)) {
      if (outcomes.length === mostFollowed) break
      if (one.tried.kind === 'unanswered' || one.tried.attempt.status !== 202) continue
      outcomes.push({ tried: one, ended: await completionOf(lab, one.tried.attempt) })
    }
    return outcomes
  },
}
