import type { Answer } from '../creation/answer.ts'
import type { RecordedAnswer } from './store.ts'

// What belongs to the resource is replayed; what belongs to one session or one hop (Set-Cookie, Date,
// WWW-Authenticate …) never is: replaying a cookie would hand one client's session to another.
const REPLAYED = new Set([
  'location',
  'etag',
  'content-type',
  'content-location',
  'link',
  'last-modified',
  'preference-applied',
])

/** The part of an answer that is remembered and replayed. */
export function recordable(answer: Answer): RecordedAnswer {
  const headers: Record<string, string> = {}
  for (const name in answer.headers) {
    if (REPLAYED.has(name.toLowerCase())) headers[name] = answer.headers[name]!
  }
  return answer.body === undefined
    ? { status: answer.status, headers }
    : { status: answer.status, headers, body: answer.body }
}
