import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { safeMethods } from '../experiments/safe-methods.ts'
import type { Check } from './check.ts'

/** Whatever follows links (crawlers, previews, prefetching browsers) must not create by it. */
export const safeMethodNeverCreates: Check = {
  id: 'safe-method-never-creates',
  group: 'media types and methods',
  title: 'GET and HEAD create nothing',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §9.2.1',
  async run(ask) {
    const { exchanges, listing, showsMarks, isMade } = await ask(safeMethods)
    const fix =
      'Create by POST alone; do not route GET to the handler that creates, and do not read input from the query.'
    const says201 = exchanges.filter(({ response }) => response?.status === 201)
    if (isMade || says201.length > 0) {
      const seen = isMade
        ? 'and now the collection shows a resource that carries what the query said'
        : 'and the answer is 201 (Created)'
      return fail({
        message: `GET and HEAD were sent to the URL that creates, with the members of a valid body as the query, ${seen}. RFC 9110 §9.2.1: safe methods are not expected to change anything.`,
        fix,
        evidence: [
          ...(says201.length > 0 ? says201 : exchanges),
          ...(listing.kind === 'listed' ? listing.evidence : []),
        ],
      })
    }
    if (listing.kind === 'unlisted') return inconclusive(listing.reason, ...exchanges)
    if (!showsMarks || !listing.complete)
      return inconclusive('the collection does not show for certain what is in it', ...exchanges)
    return pass(...exchanges, listing.evidence)
  },
}
