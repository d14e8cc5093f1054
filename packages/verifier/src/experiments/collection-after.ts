import type { Attempt } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { hasItem } from './has-item.ts'
import { type Listing, listCollection } from './list-collection.ts'

/** The create right before the collection is listed: a list may lack just the newest. */
export const createdLast: Experiment<Attempt> = {
  name: 'create right before listing',
  run: async (lab) => lab.post({ body: lab.newBody() }),
}

/** The collection right after two creates. */
export const collectionAfter: Experiment<Listing> = {
  name: 'list the collection after creating',
  async run(lab) {
    await lab.ask(created)
    await lab.ask(createdLast)
    return await listCollection(lab)
  },
}

// As long as a Location is waited for: most replicas and caches of lists are not further behind.
const oneSecond = 1000

/** The collection a second later, where it did not show what was created: a list may be late, or wrong. */
export const collectionLater: Experiment<Listing> = {
  name: 'list the collection a second later',
  async run(lab) {
    const listing = await lab.ask(collectionAfter)
    const attempts = [await lab.ask(created), await lab.ask(createdLast)]
    if (listing.kind === 'unlisted' || attempts.every((attempt) => hasItem(listing.items, attempt))) return listing
    await lab.sleep(oneSecond)
    return await listCollection(lab)
  },
}
