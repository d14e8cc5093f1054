import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { collectionAfter } from '../experiments/collection-after.ts'
import { created, createdRead, createdReadLater } from '../experiments/created.ts'
import type { Ask } from '../experiments/experiment.ts'
import { hasItem } from '../experiments/has-item.ts'
import { sameBodyTwice } from '../experiments/same-body-twice.ts'
import { placeOf, sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** 201 is a claim that something new exists; here it is checked. */
export const no201WithoutCreation: Check = {
  id: 'no-201-without-creation',
  group: 'success',
  title: '201 is only answered when something was created',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.3.2; Zalando #148, #229',
  methods: ['POST', 'PUT'],
  async run(ask, { creation }) {
    const create = await ask(created)
    if (creation.method === 'PUT') return await judgePut(ask, create)
    const twice = await ask(sameBodyTwice)
    if (create.status !== 201 && twice.second.status !== 201) return skip('no create is answered with 201')
    const { first, second, copies } = twice
    if (first.status < 300 && second.status === 201 && copies.kind === 'counted' && copies.count > 0) {
      if (sameResource(first, second) === true) {
        return fail({
          message: `The same body was sent twice, without the same key. The second answer is 201 again and names what existed already: ${quote(placeOf(second) ?? '')}.`,
          fix: 'Answer 200 with the Location of the existing resource, or 409; 201 is for what this request created.',
          evidence: [second, first, copies.evidence],
        })
      }
      if (copies.exact && copies.count === 1) {
        return fail({
          message:
            'The same body was sent twice, without the same key. Both answers are 201, and the collection holds one resource.',
          fix: 'Answer 200 or 409 when nothing was created.',
          evidence: [second, first, copies.evidence],
        })
      }
    }
    const read = await ask(createdRead)
    if (read.kind === 'read') return pass(create, read.answer, second)
    const listing = await ask(collectionAfter)
    if (listing.kind === 'listed' && hasItem(listing.items, create)) return pass(create, listing.evidence)
    if (read.kind === 'missing' && listing.kind === 'listed' && listing.complete && create.status === 201) {
      return fail({
        message:
          'The create answered 201, and what it claims to have created is neither at its URL nor in the collection.',
        fix: 'Answer 201 after the commit; if the resource is made later, answer 202.',
        evidence: [create, ...read.answers, listing.evidence],
      })
    }
    return inconclusive('nothing shows whether the 201 created something', create)
  },
}

/** What a PUT says that it created is at its URL; whether it was there before is judged by put-create-201. */
async function judgePut(ask: Ask, create: Attempt): Promise<Verdict> {
  if (create.status !== 201) return skip('no create is answered with 201')
  const read = await ask(createdRead)
  if (read.kind === 'read') return pass(create, read.answer)
  const later = await ask(createdReadLater)
  if (read.kind !== 'missing' || later.kind !== 'missing')
    return inconclusive('nothing shows whether the 201 created something', create)
  if (![...read.answers, ...later.answers].every(({ response }) => [404, 410].includes(response.status)))
    return inconclusive('what was created may not be read', create, ...read.answers)
  return fail({
    message: `PUT ${create.answer.request.url} answered 201, and nothing is there, not even a second later. A PUT creates what its own URL names (RFC 9110 §9.3.4).`,
    fix: 'Store what was sent under the name in the path before answering 201; if it is made later, answer 202.',
    evidence: [create, ...later.answers],
  })
}
