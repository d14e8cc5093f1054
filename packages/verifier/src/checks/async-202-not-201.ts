import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { appearance } from '../experiments/appearance.ts'
import { created } from '../experiments/created.ts'
import type { Check } from './check.ts'

/** What is only made later is not said to be created. */
export const async202Not201: Check = {
  id: 'async-202-not-201',
  group: 'asynchronous creation',
  title: 'A resource that does not exist yet is answered with 202',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.3.2, §15.3.3; AIP-133, AIP-151; Zalando #253',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const create = await ask(created)
    if (create.status === 202) return pass(create)
    const seen = await ask(appearance)
    if (seen.kind === 'at once') return pass(create, seen.answer)
    if (seen.kind === 'unseen') return inconclusive(seen.reason, create)
    if (seen.kind === 'never') {
      const reason = 'what was created could not be read after some seconds either, so it may be at another place'
      return inconclusive(reason, create, ...seen.answers)
    }
    const { first, later } = seen
    return fail({
      message: `The create answered ${create.status}. GET ${first.request.url} answered ${first.response.status} right after it, and ${later.response.status} some time later: the resource was only made after the answer. RFC 9110 §15.3.2: 201 says that the creation has happened; §15.3.3: 202 says that it will be tried.`,
      fix: 'Answer after the commit, and read from where it was written; if the resource is made by a queue, answer 202 with a Location by which its progress can be seen.',
      evidence: [create, first, later],
    })
  },
}
