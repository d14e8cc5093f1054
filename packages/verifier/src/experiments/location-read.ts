import type { Answer } from '../exchange/exchange.ts'
import type { Attempt } from './attempt.ts'
import { created, createdAgain, createdAgainRead, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { locationUrl, sameOrigin } from './location-url.ts'
import type { ReadBack } from './read-back.ts'

/** What GET on the Location of a create answers. */
export type LocationRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'foreign'; readonly url: string }
  /** `later` is the last answer after a 404 that was waited for, which tells a wrong URL from a late one. */
  | { readonly kind: 'read'; readonly url: string; readonly at: Answer; readonly later?: Answer }

/** How long what should be there is waited for, in milliseconds: most queues and replicas are not further behind. */
export const waitsForLate: readonly number[] = [1000, 2000]

/** Follows the Location of the first create. */
export const locationRead: Experiment<LocationRead> = {
  name: 'follow Location',
  run: async (lab) => follow(lab, await lab.ask(created), await lab.ask(createdRead)),
}

/** Follows the Location of the second create. */
export const locationReadAgain: Experiment<LocationRead> = {
  name: 'follow the Location of the second create',
  run: async (lab) => follow(lab, await lab.ask(createdAgain), await lab.ask(createdAgainRead)),
}

async function follow(lab: Lab, attempt: Attempt, read: ReadBack): Promise<LocationRead> {
  const location = locationUrl(attempt, lab.operation)
  if (location.kind === 'none' || location.kind === 'unusable') return { kind: location.kind }
  const url = location.url.href
  if (location.kind === 'foreign') return { kind: 'foreign', url }
  // The first look counts: by a second one, what came late would be there.
  const first = (read.kind === 'read' ? [read.answer] : read.answers).find((answer) => answer.request.url === url)
  const at = await throughRedirect(lab, first ?? (await lab.get(url)))
  if (at.response.status !== 404 || lab.operation.creation.read === undefined) return { kind: 'read', url, at }
  let later = at
  // What can be read elsewhere by now is there: its Location is wrong, and not worth the longer wait.
  for (const ms of read.kind === 'read' || lab.isRecorded ? waitsForLate.slice(0, 1) : waitsForLate) {
    await lab.sleep(ms)
    later = await lab.get(url)
    if (later.response.status !== 404) break
  }
  return { kind: 'read', url, at, later }
}

async function throughRedirect(lab: Lab, answer: Answer): Promise<Answer> {
  const { status, headers } = answer.response
  const next = headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  const { url } = answer.request
  if (status < 301 || status > 308 || next === undefined || !URL.canParse(next, url)) return answer
  const target = new URL(next, url)
  return sameOrigin(target, new URL(url)) ? await lab.get(target.href) : answer
}
