import { cutAndRetried } from '../evidence/cut-and-retried.ts'
import { tempered } from '../evidence/policy-of.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import type { Check } from './check.ts'

/** A crash between the row and its key makes the retry create again: exactly what the key was to prevent. */
export const crashNoDuplicate: Check = {
  id: 'crash-no-duplicate',
  group: 'concurrency',
  title: 'A request that a crash cut and that is retried with its key ends with one resource',
  level: 'error',
  basis: 'derived',
  source: 'OASIS Repeatable Requests 1.0 §5',
  alone: true,
  confirmations: 3,
  async run(ask, operation) {
    const evidence = await cutAndRetried(ask, operation)
    if (evidence.kind === 'unknown') return evidence.verdict
    const { creations, retried, kills, listing, inferred } = evidence
    if (listing.kind === 'unlisted') return inconclusive(`copies cannot be counted: ${listing.reason}`)
    if (retried.length === 0) return inconclusive(`none of ${kills} kills cut a request`)
    const counted = retried.filter(({ listed }) => listed !== undefined)
    // Where even what was never cut is shown twice, the list does not show resources.
    const isOdd = creations.some(
      ({ isCut, replay, listed }) => !isCut && replay === undefined && (listed?.count ?? 0) > 1,
    )
    const [worst] = [...counted].sort((one, other) => (other.listed?.count ?? 0) - (one.listed?.count ?? 0))
    if (worst === undefined) return inconclusive('nothing in the collection can be recognised as made by what was cut')
    const exchanges = worst.tries.map(({ exchange }) => exchange)
    if ((worst.listed?.count ?? 0) > 1 && !isOdd) {
      const doubled = counted.filter(({ listed }) => (listed?.count ?? 0) > 1).length
      return tempered(
        fail({
          message: `A request was cut by SIGKILL and retried with the same key after the restart, and ${worst.listed?.count} resources exist (${doubled} of ${retried.length} requests that ${kills} kills cut).`,
          fix: 'Write the row and its key in one transaction, so that a crash leaves both or neither.',
          evidence: [...exchanges.slice(-1), ...exchanges, listing.evidence],
        }),
        inferred,
      )
    }
    if (isOdd) return inconclusive('the collection shows what was created once more than once', listing.evidence)
    return listing.complete
      ? pass(listing.evidence)
      : inconclusive('the collection is too long to see all of it', listing.evidence)
  },
}
