import { created, createdAgain } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Listing, listCollection } from './list-collection.ts'

/** The collection right after two creates. */
export const collectionAfter: Experiment<Listing> = {
  name: 'list the collection after creating',
  async run(lab) {
    await lab.ask(created)
    await lab.ask(createdAgain)
    return await listCollection(lab)
  },
}
