import { parseJson, stringsWithin } from '../experiments/json-node.ts'
import { locationEnd } from '../experiments/location-end.ts'
import { singularOf } from '../target/words.ts'
import type { RecordedExchange } from './recording.ts'

// Numbers, UUIDs, ULIDs, and the hexadecimal ids of MongoDB.
const idLike = /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[0-7][\dA-HJKMNP-TV-Z]{25}|[\da-f]{16,64})$/i

/** Makes the path template of a recorded path, e.g. `/orders/{orderId}` of `/orders/17`. */
export type Templating = (pathname: string) => string

/**
 * Learns from recorded traffic which segments of its paths are ids: those that look like one, and those that an
 * answer to a POST on the path above them named as new.
 */
export function learnTemplates(exchanges: readonly RecordedExchange[]): Templating {
  const named = new Set<string>()
  for (const { request, response } of exchanges) {
    if (request.method !== 'POST' || response === undefined || response.status >= 300) continue
    const { pathname } = new URL(request.url)
    const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
    const end = location === undefined ? undefined : locationEnd(location)
    for (const text of [...stringsWithin(parseJson(response.body)), ...(end === undefined ? [] : [end])]) {
      named.add(`${pathname.replace(/\/$/, '')}/${encodeURIComponent(text)}`)
    }
  }
  return (pathname) => {
    const segments = pathname.split('/')
    let before = ''
    return segments
      .map((segment, index) => {
        const isId = idLike.test(segment) || named.has(segments.slice(0, index + 1).join('/'))
        const name = `{${singularOf(before) || 'item'}Id${/\{|^$/.test(before) ? index : ''}}`
        before = isId ? '' : segment.replace(/[^\w]/g, '')
        return isId && index > 1 ? name : segment
      })
      .join('/')
  }
}
