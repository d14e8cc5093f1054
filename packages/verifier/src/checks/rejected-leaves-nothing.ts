import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { rejectedTraces } from '../experiments/rejected-traces.ts'
import type { Check } from './check.ts'

/** A request that was refused had no effect. */
export const rejectedLeavesNothing: Check = {
  id: 'rejected-leaves-nothing',
  group: 'validation',
  title: 'A rejected request leaves nothing behind',
  level: 'error',
  basis: 'derived',
  source: 'OData 4.01 §9.2, §11.4.2; RFC 9110 §15.5',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const { listing, showsMarks, traces, recognisable, looks } = await ask(rejectedTraces)
    const left = looks.filter(({ left }) => left === 'something')
    if (left.length > 0) {
      const shown = left.slice(0, 4).map(({ name, rejection }) => `${name} (answered ${rejection.status})`)
      return fail({
        message: `Requests that were rejected are there all the same, at the URL that each named: ${listed(shown)}.`,
        fix: 'Validate before anything is written, and write within a transaction that a later failure rolls back.',
        evidence: left.slice(0, 4).flatMap(({ rejection, answer }) => [rejection, answer]),
      })
    }
    const empty = looks.filter(({ left }) => left === 'nothing')
    if (empty.length > 0 && traces.length === 0)
      return pass(...empty.flatMap(({ rejection, answer }) => [rejection, answer]))
    if (listing.kind === 'unlisted') return inconclusive(listing.reason)
    if (traces.length > 0) {
      const shown = traces.slice(0, 4).map(({ name, rejection }) => `${name} (answered ${rejection.status})`)
      return fail({
        message: `Requests that were rejected are in the collection all the same: ${listed(shown)}.`,
        fix: 'Validate before anything is written, and write within a transaction that a later failure rolls back.',
        evidence: [...traces.slice(0, 4).map(({ rejection }) => rejection), listing.evidence],
      })
    }
    if (recognisable === 0)
      return inconclusive('no request was rejected that could be recognised in the collection', listing.evidence)
    if (!showsMarks) {
      return inconclusive(
        'the collection does not show the text by which its items could be recognised',
        listing.evidence,
      )
    }
    if (!listing.complete)
      return inconclusive(
        'the collection is too long, or paged in an unknown way, to say that something is not in it',
        listing.evidence,
      )
    return pass(listing.evidence)
  },
}
