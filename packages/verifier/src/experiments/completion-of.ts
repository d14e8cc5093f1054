import type { Answer } from '../exchange/exchange.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import type { Attempt } from './attempt.ts'
import type { Completion } from './completion.ts'
import { findOutcome } from './find-outcome.ts'
import type { Lab } from './lab.ts'
import { listCollection } from './list-collection.ts'
import { carries } from './marks.ts'
import { monitorLinks } from './monitor-links.ts'
import { pollMonitor } from './poll-monitor.ts'
import { readUrl } from './read-url.ts'

// Many experiments look for the same create; its monitor is asked once.
const followed = new WeakMap<Attempt, Promise<Completion>>()

/** Follows an accepted request by whatever its answer points to. */
export function completionOf(lab: Lab, attempt: Attempt): Promise<Completion> {
  const known = followed.get(attempt)
  if (known !== undefined) return known
  const running = follow(lab, attempt)
  followed.set(attempt, running)
  return running
}

async function follow(lab: Lab, attempt: Attempt): Promise<Completion> {
  const { here, elsewhere } = monitorLinks(attempt.answer, baseUrlOf(lab.operation.target, lab.operation.creation))
  const byId = readUrl(attempt, lab.operation, lab.parents)
  const places = [...here, ...(byId === undefined ? [] : [new URL(byId)])]
  if (places.length === 0) {
    const [other] = elsewhere
    if (other !== undefined) return { kind: 'elsewhere', url: other.href }
    return { kind: 'no pointer', holds: /\d|[a-z]{2,}[-_/][a-z]{2,}/i.test(attempt.answer.response.body) }
  }
  const polled = await pollMonitor(lab, attempt, places)
  const { answers } = polled
  switch (polled.kind) {
    case 'succeeded':
    case 'redirected':
    case 'resource':
      return await findOutcome(lab, attempt, polled)
    case 'failed':
      return { kind: 'failed', answers, explained: polled.explained }
    case 'unfinished':
      return (await isListed(lab, attempt, polled))
        ? { kind: 'gone', answers }
        : { kind: 'unfinished', answers, reason: polled.reason }
    default:
      return { kind: polled.kind, answers }
  }
}

/** Where nothing was ever at the place that the answer pointed to, the collection still shows that the work is done. */
async function isListed(
  lab: Lab,
  attempt: Attempt,
  { answers }: { readonly answers: readonly Answer[] },
): Promise<boolean> {
  if (answers.length === 0 || !answers.every(({ response }) => response.status === 404 || response.status === 410))
    return false
  const listing = await listCollection(lab)
  return listing.kind === 'listed' && listing.items.some((item) => carries(item, attempt.marks))
}
