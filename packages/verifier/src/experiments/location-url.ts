import type { Attempt } from './attempt.ts'
import type { Operation } from './operation.ts'

/** Where a Location points: at the target, elsewhere, or nowhere. */
export type LocationUrl =
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable'; readonly text: string }
  | { readonly kind: 'foreign'; readonly url: URL }
  | { readonly kind: 'here'; readonly url: URL }

// One machine has several names for itself, and a client may use any of them.
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Resolves the first Location of an answer against the request's URL (RFC 9110 §10.2.2). */
export function locationUrl(attempt: Attempt, operation: Operation): LocationUrl {
  const text = attempt.locations[0]
  if (text === undefined) return { kind: 'none' }
  if (text.trim() === '' || !URL.canParse(text, attempt.answer.request.url)) return { kind: 'unusable', text }
  const url = new URL(text, attempt.answer.request.url)
  return sameOrigin(url, new URL(operation.target.baseUrl)) ? { kind: 'here', url } : { kind: 'foreign', url }
}

/** Tells whether two URLs lead to the same server, all names of the loopback interface being one. */
export function sameOrigin(one: URL, other: URL): boolean {
  if (one.origin === other.origin) return true
  return (
    one.protocol === other.protocol &&
    one.port === other.port &&
    loopback.test(one.hostname) &&
    loopback.test(other.hostname)
  )
}
