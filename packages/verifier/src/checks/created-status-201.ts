import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { collectionAfter } from '../experiments/collection-after.ts'
import { created, createdRead } from '../experiments/created.ts'
import { hasItem } from '../experiments/has-item.ts'
import type { Check } from './check.ts'

/** 201 tells every client library, gateway and metric that something new exists; 200 tells them nothing. */
export const createdStatus201: Check = {
  id: 'created-status-201',
  group: 'success',
  title: 'A create answers 201',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §9.3.3, §15.3.2',
  async run(ask, operation) {
    const create = await ask(created)
    if (create.status === 201) return pass(create)
    if ([202, 204].includes(create.status) && String(create.status) in operation.creation.responses) return pass(create)
    const read = await ask(createdRead)
    const listing = read.kind === 'read' ? undefined : await ask(collectionAfter)
    if (read.kind !== 'read' && (listing?.kind !== 'listed' || !hasItem(listing.items, create))) {
      return inconclusive(
        `the create answered ${create.status}, and nothing shows whether it created something`,
        create,
      )
    }
    return fail({
      message: `The resource was created, and the answer is ${create.status}. RFC 9110 §9.3.3 asks for 201 (Created) when a POST has created a resource.`,
      fix: 'Answer 201, with the URL of the new resource in Location.',
      evidence: [
        create,
        ...(read.kind === 'read' ? [read.answer] : listing?.kind === 'listed' ? listing.evidence : []),
      ],
    })
  },
}
