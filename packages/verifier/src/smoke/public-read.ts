import type { Answer } from '../exchange/exchange.ts'
import { created } from '../experiments/created.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { waitsForLate } from '../experiments/location-read.ts'
import { isBelow } from './is-below.ts'

/** What Location means to a client at the public address. */
export type PublicRead =
  | { readonly kind: 'outside'; readonly url: string; readonly publicBaseUrl: string }
  /** It was read at the address that the run calls. */
  | { readonly kind: 'read'; readonly answer: Answer; readonly isDeclared: boolean }

/**
 * Follows Location as a client at the public base URL would, and reads it at the base URL that the run calls:
 * credentials travel nowhere else.
 */
export function publicRead(publicBaseUrl: string): Experiment<PublicRead> {
  return {
    name: 'follow Location as from the public base URL',
    async run(lab) {
      const { answer, locations } = await lab.ask(created)
      const { target, creation } = lab.operation
      const base = publicBaseUrl.replace(/\/+$/, '')
      const asked = base + answer.request.url.slice(target.baseUrl.length)
      const [location = ''] = locations
      if (!URL.canParse(location, asked)) return { kind: 'outside', url: location, publicBaseUrl }
      const { href } = new URL(location, asked)
      if (!isBelow(href, base)) return { kind: 'outside', url: href, publicBaseUrl }
      const url = target.baseUrl + href.slice(base.length)
      let read = await lab.get(url)
      for (const ms of creation.read === undefined ? [] : waitsForLate) {
        if (read.response.status !== 404) break
        await lab.sleep(ms)
        read = await lab.get(url)
      }
      return { kind: 'read', answer: read, isDeclared: creation.read !== undefined }
    },
  }
}
