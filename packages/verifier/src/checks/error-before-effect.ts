import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { answersToCreates } from '../experiments/answers-to-creates.ts'
import { leftByErrors } from '../experiments/left-by-errors.ts'
import type { Check } from './check.ts'

/** An error of the server says that nothing was made, and then nothing was made. */
export const errorBeforeEffect: Check = {
  id: 'error-before-effect',
  group: 'errors',
  title: 'An answer of 5xx leaves nothing behind, or a retry with the same key finds what it left',
  level: 'error',
  basis: 'derived',
  source: 'OData 4.01 §9.2; OASIS Repeatable Requests 1.0 §5',
  async run(ask) {
    const { errors, listing, showsMarks, recognisable, left } = await ask(leftByErrors)
    if (errors.length === 0) {
      // A recording holds such answers without a way to look what they left.
      const recorded = (await ask(answersToCreates)).filter(({ answer }) => answer.response.status >= 500)
      return recorded.length === 0
        ? skip('no create was answered with 5xx')
        : inconclusive('the recording does not show what an error left', ...recorded.map(({ answer }) => answer))
    }
    if (listing?.kind !== 'listed') return inconclusive(listing?.reason ?? 'the collection was not listed', ...errors)
    const lost = left.find(({ isFound }) => !isFound)
    if (lost !== undefined) {
      const { error, retry } = lost
      const after =
        retry === undefined
          ? 'A client that tries again creates it twice.'
          : `A retry with the same key is answered ${retry.status} and does not end with this one resource.`
      return fail({
        message: `A create was answered ${error.status}, and what it was to create is in the collection all the same. ${after}`,
        fix: 'Build the whole answer (Location, headers, body) before the commit, and let whatever throws roll the write back.',
        evidence: [error, ...(retry === undefined ? [] : [retry]), listing.evidence],
      })
    }
    if (left.length > 0) return pass(...left.map(({ error }) => error), listing.evidence)
    if (recognisable === 0 || !showsMarks)
      return inconclusive('what was answered with 5xx could not be recognised in the collection', ...errors)
    if (!listing.complete)
      return inconclusive('the collection is too long, or paged in an unknown way, to say that something is not in it')
    return pass(...errors, listing.evidence)
  },
}
