import type { Answer } from '../exchange/exchange.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { locationRead } from './location-read.ts'
import { locationUrl } from './location-url.ts'

/** Whether the resource is found once the base path is put in front of a Location that leads nowhere. */
export type PrefixedRead =
  | { readonly kind: 'found'; readonly prefix: string; readonly answer: Answer }
  | { readonly kind: 'not needed' }

/** Follows a Location that leads nowhere with the base path in front of it. */
export const prefixedRead: Experiment<PrefixedRead> = {
  name: 'follow Location below the base path',
  async run(lab) {
    const read = await lab.ask(locationRead)
    const place = locationUrl(await lab.ask(created), lab.operation)
    const prefix = new URL(baseUrlOf(lab.operation.target, lab.operation.creation.read)).pathname.replace(/\/$/, '')
    if (read.kind !== 'read' || read.at.response.status !== 404 || place.kind !== 'here') return { kind: 'not needed' }
    if (prefix === '' || place.url.pathname.startsWith(`${prefix}/`)) return { kind: 'not needed' }
    const answer = await lab.get(`${place.url.origin}${prefix}${place.url.pathname}${place.url.search}`)
    return answer.response.status === 200 ? { kind: 'found', prefix, answer } : { kind: 'not needed' }
  },
}
