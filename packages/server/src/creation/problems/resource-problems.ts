import { NO_ROLL_BACK } from './no-roll-back.ts'
import type { ProblemGuidance } from './problem-entry.ts'

/** What stands in the way of a resource. */
export const resourceProblems: Readonly<
  Record<'duplicate-resource' | 'precondition-failed' | 'precondition-required', ProblemGuidance>
> = {
  'duplicate-resource': {
    meaning:
      'Another resource has the same natural key; `fields` names its members, `existing` its address where the caller may see it.',
    transient: { passes: false, lasts: 'As long as the other resource exists.' },
    client: 'Uses the resource that `existing` links, or asks the user for other values of `fields`.',
    firstResponse: 'Use the existing resource, or choose other values for `fields`.',
    rollBack: NO_ROLL_BACK,
    escalation: 'None for one request. Where the caller cannot know the other resource: whoever owns the data.',
  },
  'precondition-failed': {
    meaning:
      'A PUT said by `If-None-Match` or `If-Match` what it expects at its URL, and something else is there. Nothing was written.',
    transient: { passes: false, lasts: 'As long as the state of the resource is another than the client expects.' },
    client:
      'Reads the resource. After `If-None-Match: *` it either exists for another reason, and the client takes another name, or it is what an earlier attempt created whose answer was lost. After `If-Match` it changes what it read, and sends that with the new ETag.',
    firstResponse:
      'Read the resource and decide. A client that retries without an `Idempotency-Key` meets its own creation here.',
    rollBack: NO_ROLL_BACK,
    escalation: 'None for one request. Where nothing is at the URL: whoever owns the service.',
  },
  'precondition-required': {
    meaning:
      'This PUT is only done under a condition, so that nobody overwrites what they have not seen. `detail` names the header.',
    transient: { passes: false, lasts: 'Until the client sends a condition.' },
    client: 'Sends `If-None-Match: *` to create; where the service replaces, `If-Match` with the ETag of what it read.',
    firstResponse: 'Send the header that `detail` names.',
    rollBack:
      'If it began with a deployment, the setting `condition` became `required`: make it `optional` until all clients send one.',
    escalation:
      'The owner of the client; of all clients at once: whoever owns the proxy in front, which may drop the header.',
  },
}
