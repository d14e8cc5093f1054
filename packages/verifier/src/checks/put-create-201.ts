import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { putTwice } from '../experiments/put-twice.ts'
import type { Check } from './check.ts'

/** Only the status tells a client of PUT whether it made something, or replaced what somebody else had made. */
export const putCreate201: Check = {
  id: 'put-create-201',
  group: 'success',
  title: 'A PUT that creates answers 201, and one that replaces answers 200 or 204',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §9.3.4; Zalando #148',
  methods: ['PUT'],
  async run(ask) {
    const { before, first, read, again } = await ask(putTwice)
    if (!accepted(first)) return inconclusive(`a PUT to a fresh URL answered ${first.status}`, first)
    if (first.status === 202) return skip('the PUT was only accepted (202)')
    const wasFree = before.response.status === 404 || before.response.status === 410
    if (read.kind !== 'read' || !wasFree)
      return inconclusive('nothing shows whether the PUT created what is at its URL', first, before)
    const { url } = first.answer.request
    if (first.status !== 201) {
      return fail({
        message: `Nothing was at ${url}, a PUT there answered ${first.status}, and now its resource is there. RFC 9110 §9.3.4: "the origin server MUST inform the user agent by sending a 201 (Created) response."`,
        fix: 'Have the upsert say whether it inserted, and answer 201 if it did, else 200 or 204.',
        evidence: [first, before, read.answer],
      })
    }
    if (again === undefined || !accepted(again)) return pass(first, before, read.answer)
    const [location] = again.locations
    // A store of versions creates one by each PUT, and says where.
    const isElsewhere =
      location !== undefined && URL.canParse(location, url) && new URL(location, url).pathname !== new URL(url).pathname
    if (again.status !== 201 || isElsewhere) return pass(first, before, read.answer, again)
    return fail({
      message: `A PUT to ${url}, where its resource was already, answered 201 again. RFC 9110 §9.3.4: where a representation is modified, the answer MUST be 200 (OK) or 204 (No Content).`,
      fix: 'Have the upsert say whether it inserted, and answer 201 if it did, else 200 or 204.',
      evidence: [again, first, read.answer],
    })
  },
}
