import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { inBatches } from './in-batches.ts'

/** A valid body under another label, with what the target made of it. */
export interface LabelledTried {
  readonly label: string
  readonly supported: boolean
  readonly body: unknown
  readonly tried: Tried
}

/** Valid JSON under labels that are not JSON's, and once under JSON's with a parameter. */
export const mediaTypes: Experiment<readonly LabelledTried[]> = {
  name: 'send a valid body under other media types',
  async run(lab) {
    await lab.ask(created)
    // A label says something about content, and about none it says nothing (RFC 9110 §8.3).
    if (lab.operation.creation.body === undefined) return []
    const own = lab.operation.creation.body.mediaType
    const labels = [
      { label: 'text/plain', supported: own === 'text/plain' },
      // Nobody can support a type that was made up for this request.
      { label: 'application/x-createonce-unknown', supported: false },
      ...(own === 'application/json' ? [{ label: 'application/json; charset=utf-8', supported: true }] : []),
    ]
    return await inBatches(labels, lab.concurrency, async ({ label, supported }) => {
      const body = lab.newBody()
      return { label, supported, body, tried: await lab.tryPost({ body, mediaType: label }) }
    })
  },
}
