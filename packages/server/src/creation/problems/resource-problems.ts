import { NO_ROLL_BACK } from './no-roll-back.ts'
import type { ProblemGuidance } from './problem-entry.ts'

/** What stands in the way of a resource. */
export const resourceProblems: Readonly<Record<'duplicate-resource', ProblemGuidance>> = {
  'duplicate-resource': {
    meaning:
      'Another resource has the same natural key; `fields` names its members, `existing` its address where the caller may see it.',
    transient: { passes: false, lasts: 'As long as the other resource exists.' },
    client: 'Uses the resource that `existing` links, or asks the user for other values of `fields`.',
    firstResponse: 'Use the existing resource, or choose other values for `fields`.',
    rollBack: NO_ROLL_BACK,
    escalation: 'None for one request. Where the caller cannot know the other resource: whoever owns the data.',
  },
}
