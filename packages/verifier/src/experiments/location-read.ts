import type { Answer } from '../http/exchange.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { locationUrl, sameOrigin } from './location-url.ts'

/** What GET on the Location of a create answers. */
export type LocationRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'foreign'; readonly url: string }
  /** `later` is the answer a second after a 404, which tells a wrong URL from a late one. */
  | { readonly kind: 'read'; readonly url: string; readonly at: Answer; readonly later?: Answer }

const oneSecond = 1000

/** Follows the Location of the first create. */
export const locationRead: Experiment<LocationRead> = {
  name: 'follow Location',
  async run(lab) {
    const location = locationUrl(await lab.ask(created), lab.operation)
    if (location.kind === 'none' || location.kind === 'unusable') return { kind: location.kind }
    if (location.kind === 'foreign') return { kind: 'foreign', url: location.url.href }
    const url = location.url.href
    let at = await lab.get(url)
    const next =
      at.response.status >= 301 && at.response.status <= 308
        ? at.response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
        : undefined
    if (next !== undefined && URL.canParse(next, url) && sameOrigin(new URL(next, url), location.url)) {
      at = await lab.get(new URL(next, url).href)
    }
    if (at.response.status !== 404 || lab.operation.creation.read === undefined) return { kind: 'read', url, at }
    await lab.sleep(oneSecond)
    return { kind: 'read', url, at, later: await lab.get(url) }
  },
}
