import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { appearance } from '../experiments/appearance.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { collectionAfter, collectionLater, createdLast } from '../experiments/collection-after.ts'
import { created } from '../experiments/created.ts'
import { hasItem, itemsOf } from '../experiments/has-item.ts'
import { isObject } from '../experiments/json-node.ts'
import type { Listing } from '../experiments/list-collection.ts'
import type { Check } from './check.ts'

/** A client that lists after creating finds what it created. */
export const collectionShowsCreated: Check = {
  id: 'collection-shows-created',
  group: 'representation',
  title: 'The collection shows the new resource right after the create',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9111 §4.4; AIP-133',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    if (operation.creation.list === undefined) return skip('the document has no operation that lists what is created')
    if (create.status === 202) return skip('the create was only accepted (202)')
    const listing = await ask(collectionAfter)
    if (listing.kind === 'unlisted') return inconclusive(listing.reason, create)
    for (const attempt of [create, await ask(createdLast)]) {
      if (attempt.status >= 300) continue
      const { by, items } = itemsOf(listing.items, attempt)
      if (items.length > 1 && by === 'id') {
        return fail({
          message: `The collection shows the one new resource ${items.length} times.`,
          fix: 'Insert one row for one request; look for a handler that runs twice, or a join that multiplies rows.',
          evidence: [attempt, listing.evidence],
        })
      }
      if (items.length > 0) continue
      const reason = unsure(listing, attempt)
      if (reason !== undefined) return inconclusive(reason, attempt, listing.evidence)
      if ((await ask(appearance)).kind === 'late')
        return skip('the resource itself could only be read later, which async-202-not-201 judges')
      const later = await ask(collectionLater)
      if (later.kind === 'listed' && hasItem(later.items, attempt)) {
        return fail({
          message:
            'The collection shows what was created only a second later: a client that lists at once does not find it.',
          fix: 'List from where it was written, or say in the documentation that lists may be late.',
          evidence: [attempt, listing.evidence, later.evidence],
          // A list that is late on purpose is a choice; one that stays old is a fault.
          level: 'note',
        })
      }
      return fail({
        message: `The collection does not show what was created just before (${listing.items.length} items, all read). After a POST, caches must not answer with the old list (RFC 9111 §4.4).`,
        fix: 'Invalidate the cached list on every create, and list from where it was written.',
        evidence: [attempt, listing.evidence],
      })
    }
    return pass(create, listing.evidence)
  },
}

// Of a list that shows neither ids nor the text that was sent, nobody can say what is not in it.
function unsure(listing: Extract<Listing, { kind: 'listed' }>, { id }: Attempt): string | undefined {
  if (!listing.complete) {
    return 'the collection is too long or is paged in an unknown way, and the new resource was not among what was seen'
  }
  const holds = (item: unknown): boolean => isObject(item) && id !== undefined && id.member in item
  const isRecognised = (item: unknown) => holds(item) || (isObject(item) && Object.values(item).some(holds))
  const recognisable = listing.items.some(isRecognised)
  return listing.items.length === 0 || recognisable ? undefined : 'the collection does not show the ids of its items'
}
