import { accepted, type Tried } from './attempt.ts'
import type { BoundaryBody } from './bodies.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { inBatches } from './in-batches.ts'
import { type ReadBack, readBack } from './read-back.ts'

/** A body at an edge of the schema, what the target made of it, and what it shows of it afterwards. */
export interface BoundaryTried {
  readonly boundary: BoundaryBody
  readonly tried: Tried
  readonly read?: ReadBack
}

/** Valid bodies at the edges of the schema, read back. */
export const boundaryBodies: Experiment<readonly BoundaryTried[]> = {
  name: 'create from bodies at the edges of the schema',
  async run(lab) {
    await lab.ask(created)
    // Created one after another, for what a race does to them is another question; reading disturbs nobody.
    const sent = await inBatches(lab.bodies.boundary(lab.likeAccepted), 1, async (boundary) => {
      return { boundary, tried: await lab.tryPost({ body: boundary.body }) }
    })
    return await inBatches(sent, lab.concurrency, async ({ boundary, tried }) => {
      const read = tried.kind === 'answered' && accepted(tried.attempt) ? await readBack(lab, tried.attempt) : undefined
      return { boundary, tried, ...(read === undefined ? {} : { read }) }
    })
  },
}
