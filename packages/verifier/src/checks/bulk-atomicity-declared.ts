import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { faultyBatch } from '../experiments/faulty-batch.ts'
import { itemResults } from '../experiments/item-results.ts'
import type { Check } from './check.ts'

const fix =
  'Write all items in one transaction and answer 4xx if one fails; or answer 207 with a result for every item, also for those that failed.'
const places = ['first', 'second', 'third']
const valid = [0, 2]

/** A batch is all or nothing, or says of every item what became of it. */
export const bulkAtomicityDeclared: Check = {
  id: 'bulk-atomicity-declared',
  group: 'bulk creation',
  title: 'A batch with an invalid item leaves nothing, or tells what it left',
  level: 'error',
  basis: 'derived',
  source: 'AIP-233; Zalando #148, #152; RFC 9110 §15.5; RFC 4918 §13',
  ofBatches: true,
  async run(ask) {
    const tried = await ask(faultyBatch)
    if (tried.kind === 'blind') return inconclusive(tried.reason)
    if (tried.kind === 'taken')
      return inconclusive('items that break the schema are taken like valid ones', tried.attempt)
    const { violation, attempt, listing, stored } = tried
    const { status } = attempt
    const evidence = [attempt, listing.evidence]
    if (status === 202) return inconclusive('the batch was only accepted (202)', ...evidence)
    const kept = valid.filter((at) => stored[at] === true)
    const sent = `A batch of three items, the second of them invalid (${violation.name}), answered ${status}`
    const keeps =
      kept.length === 0
        ? 'none of the valid ones is'
        : `the ${listed(kept.map((at) => places[at] ?? ''))} ${kept.length === 1 ? 'is' : 'are'}`
    const results = itemResults(attempt.json)
    if (status >= 400) {
      const isTold = kept.length > 0 && results?.filter(({ failed }) => !failed).length === kept.length
      if (kept.length > 0) {
        return fail({
          message: `${sent}, and ${keeps} in the collection all the same${isTold ? ', as its content says' : ''}: whoever corrects the batch and sends it again creates ${kept.length === 1 ? 'it' : 'them'} twice.`,
          fix,
          evidence,
          ...(isTold ? { level: 'warning' as const } : {}),
        })
      }
      if (status >= 500) {
        return fail({
          message: `${sent}. An invalid item is the client's fault (RFC 9110 §15.5), and nothing was stored.`,
          fix: 'Validate every item, and answer 400 or 422 naming those that are invalid.',
          evidence,
          level: 'warning',
        })
      }
      return listing.complete
        ? pass(...evidence)
        : inconclusive('the collection is too long to say that nothing of the batch is in it', ...evidence)
    }
    const lost = stored.filter((one) => one === false).length
    if (!listing.complete)
      return inconclusive('the collection is too long to say which items are not in it', ...evidence)
    const claimed = results?.filter(({ failed }) => !failed).length ?? 0
    if (results?.some(({ failed }) => failed) !== true) {
      return fail({
        message: `${sent}, and ${keeps} in the collection: ${lost} of the three ${lost === 1 ? 'is' : 'are'} missing, and the answer tells of no failure.`,
        fix,
        evidence,
      })
    }
    if (claimed > stored.filter((one) => one !== false).length) {
      return fail({
        message: `${sent} and tells of ${claimed} items that were created, and ${keeps} in the collection.`,
        fix,
        evidence,
      })
    }
    return pass(...evidence)
  },
}
