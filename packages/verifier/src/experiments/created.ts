import type { Attempt } from './attempt.ts'
import type { Completion } from './completion.ts'
import { completionOf } from './completion-of.ts'
import { establish } from './establish.ts'
import type { Experiment } from './experiment.ts'
import { type ReadBack, readBack } from './read-back.ts'

/** The first create that the target accepts. Checks are only run when there is one. */
export const created: Experiment<Attempt> = {
  name: 'create from a fresh valid body',
  async run(lab) {
    const footing = await lab.ask(footingOf)
    if (footing.kind === 'impossible') throw new Error(footing.reason)
    return footing.attempt
  },
}

/** Whether and how a valid request is possible at all. */
export const footingOf: Experiment<Awaited<ReturnType<typeof establish>>> = {
  name: 'find a request that the target accepts',
  run: establish,
}

/** Another create, from another fresh body. */
export const createdAgain: Experiment<Attempt> = {
  name: 'create once more from another body',
  async run(lab) {
    await lab.ask(created)
    return await lab.post({ body: lab.newBody() })
  },
}

/** The first creation, read back at once. */
export const createdRead: Experiment<ReadBack> = {
  name: 'read what was created',
  run: async (lab) => readBack(lab, await lab.ask(created)),
}

const oneSecond = 1000

/** The first creation read a second later, where it was not there at once: a read may be late, or find nothing. */
export const createdReadLater: Experiment<ReadBack> = {
  name: 'read what was created a second later',
  async run(lab) {
    const read = await lab.ask(createdRead)
    if (read.kind !== 'missing') return read
    await lab.sleep(oneSecond)
    return await readBack(lab, await lab.ask(created))
  },
}

/** The first creation followed to its end, where the target answered 202. */
export const createdCompletion: Experiment<Completion> = {
  name: 'follow an accepted request to its end',
  run: async (lab) => completionOf(lab, await lab.ask(created)),
}

/** The second creation, read back at once. */
export const createdAgainRead: Experiment<ReadBack> = {
  name: 'read what was created the second time',
  run: async (lab) => readBack(lab, await lab.ask(createdAgain)),
}
