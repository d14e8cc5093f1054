import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { batchItems, type ItemRead } from '../experiments/batch-items.ts'
import { created } from '../experiments/created.ts'
import { faultyBatch } from '../experiments/faulty-batch.ts'
import { type ItemResult, itemResults } from '../experiments/item-results.ts'
import { carries } from '../experiments/marks.ts'
import type { Check } from './check.ts'

const fix =
  'Answer with one result for each item, in the order of the request or with its index: a status, and the id and URL of what was created or the problem.'

/** Whoever sends several items learns what became of each. */
export const bulkItemResults: Check = {
  id: 'bulk-item-results',
  group: 'bulk creation',
  title: 'Every item of a batch has a result that can be told from the others',
  level: 'warning',
  basis: 'convention',
  source: 'Zalando #152; AIP-231, AIP-233; OData 4.01 §8.3.3; RFC 4918 §13; RFC 9110 §10.2.2',
  ofBatches: true,
  async run(ask) {
    const create = await ask(created)
    const { sent, items } = await ask(batchItems)
    if (create.status === 202) return inconclusive('the batch was only accepted (202)', create)
    const located = locationFault(create)
    if (located !== undefined) return located
    if (create.answer.response.body.trim() === '') return skip('the answer has no content')
    if (items === undefined) {
      return fail({
        message: `The answer to a batch of ${sent} items shows no results: ${quote(create.answer.response.body)}. The client cannot learn what was created.`,
        fix,
        evidence: [create],
        level: 'note',
      })
    }
    if (items.length !== sent) {
      return fail({
        message: `The answer to a batch of ${sent} valid items has ${items.length} results.`,
        fix,
        evidence: [create],
      })
    }
    const fault = faultOf(items)
    if (fault !== undefined) {
      const { message, read } = fault
      return fail({ message, fix, evidence: [create, ...(read === undefined ? [] : [read])] })
    }
    return (await failures(ask)) ?? pass(create, ...items.flatMap(({ read }) => (read === undefined ? [] : [read])))
  },
}

function locationFault(create: Attempt): Verdict | undefined {
  const { locations, status } = create
  const isJoined = locations.some((line) => /,\s*(https?:\/)?\//.test(line))
  if (locations.length > 1 || isJoined) {
    return fail({
      message: `The answer to a batch has ${isJoined ? 'several URLs in Location' : `${locations.length} Location lines`}: ${quote(locations.join(', '))}. RFC 9110 §10.2.2: Location holds one URI reference.`,
      fix: 'Put the URL of each item into its result, and send no Location.',
      evidence: [create],
    })
  }
  if (status !== 207 || locations.length === 0) return undefined
  return fail({
    message: 'A 207 to a batch has a Location. RFC 4918 §13 leaves undefined what it would mean.',
    fix: 'Put the URL of each item into its result, and send no Location.',
    evidence: [create],
    level: 'note',
  })
}

function faultOf(items: readonly ItemRead[]): { message: string; read?: NonNullable<ItemRead['read']> } | undefined {
  for (const [at, { result, isNamed, shows, read }] of items.entries()) {
    const place = `Result ${at + 1} of a valid batch`
    if (result.failed) return { message: `${place} tells of a failure.` }
    if (!isNamed) return { message: `${place} has neither an id nor a URL.` }
    if (read !== undefined && read.response.status === 404)
      return { message: `${place} leads to ${read.request.url}, which answers 404.`, read }
    const isOther = shows.length > 0 && !shows.includes(at)
    if (isOther && !result.isReferred)
      return {
        message: `${place} is about another item than the one at its place, and says so by no index or reference.`,
      }
  }
  return undefined
}

/** What is told of a batch in which one item failed. */
async function failures(ask: Parameters<Check['run']>[0]): Promise<Verdict | undefined> {
  const tried = await ask(faultyBatch)
  if (tried.kind !== 'tried' || !accepted(tried.attempt)) return undefined
  const results = itemResults(tried.attempt.json) ?? []
  const failed = results.filter((one) => one.failed)
  // An answer that tells of no failure at all is the matter of the other check.
  const isTold = ({ isReferred, beside, value }: ItemResult) =>
    isReferred || beside === tried.stored.length || tried.marks.some((own) => carries(value, own))
  if (failed.length === 0 || failed.every(isTold)) return undefined
  return fail({
    message: `A batch of three items answered ${tried.attempt.status} with ${results.length} results, and no index or reference tells which of the items has failed.`,
    fix,
    evidence: [tried.attempt],
  })
}
