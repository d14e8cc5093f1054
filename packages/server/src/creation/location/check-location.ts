import { pathFault } from './check-path.ts'

/** A `Location` that may be sent, or why not. */
export type CheckedLocation =
  | { readonly kind: 'location'; readonly value: string }
  | {
      readonly kind: 'refused'
      /** Reads on from `the Location`, such as `begins with "//", which leads to another host`. */
      readonly reason: string
    }

function refused(reason: string): CheckedLocation {
  return { kind: 'refused', reason }
}

// RFC 3986 §3.1.
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/

/**
 * Checks a `Location` that the author's code made (RFC 9110 §10.2.2): path-absolute, or absolute and below
 * `publicBaseUrl`, and written such that every client resolves it to the same place.
 *
 * Stricter than RFC 9110, which allows any relative reference: `42` under `/orders` resolves to `/42`, and `//host` and
 * `/\host` to another host.
 */
export function checkLocation(value: string, publicBaseUrl?: string): CheckedLocation {
  if (typeof value !== 'string') return refused(`is no string but ${value === null ? 'null' : typeof value}`)
  if (value === '') return refused('is empty')
  let path = value
  if (SCHEME.test(value)) {
    if (publicBaseUrl === undefined)
      return refused('is absolute, which needs the setting publicBaseUrl to be compared with')
    if (!value.startsWith(`${publicBaseUrl}/`))
      return refused(`does not begin with the publicBaseUrl, ${publicBaseUrl}/`)
    path = value.slice(publicBaseUrl.length)
  }
  const fault = pathFault(path)
  return fault === undefined ? { kind: 'location', value } : refused(fault)
}

/** The address of a path for clients: below `publicBaseUrl` (from `parsePublicBaseUrl`), or the path itself without one. */
export function toPublicLocation(path: string, publicBaseUrl: string | undefined): string {
  return publicBaseUrl === undefined ? path : publicBaseUrl + path
}

function baseFault(text: unknown): string | undefined {
  if (typeof text !== 'string') return 'is no string'
  if (!/^https?:\/\/[^/]/i.test(text)) return 'does not begin with http:// or https:// and a host'
  if (/^[^/]*\/\/[^/?#]*@/.test(text)) return 'has credentials, which every client would be shown'
  if (!URL.canParse(text)) return 'is no URL'
  if (text.includes('#')) return 'has a fragment'
  if (text.includes('?')) return 'has a query, which no address of a resource can go on from'
  // Behind the host; everything before it, and its normal form, is the business of the URL parser.
  const path = /^https?:\/\/[^/]*(.*)$/is.exec(text)![1]!
  const fault = pathFault(path === '' ? '/' : path)
  if (fault !== undefined) return fault
  return /^[!-~]*$/.test(text) && !text.includes('\\') ? undefined : 'contains a character that a host cannot have'
}

/**
 * Checks and normalises `publicBaseUrl`, the address that clients see in front of every path: lower-case scheme and
 * host, no default port, no slash at the end.
 *
 * @throws TypeError that says what was seen and what to write.
 *
 * @example
 * parsePublicBaseUrl('https://API.example.com:443/shop/v1/') // 'https://api.example.com/shop/v1'
 */
export function parsePublicBaseUrl(text: string): string {
  const fault = baseFault(text)
  if (fault !== undefined) {
    // What may hold a password is not repeated in a message that ends in a log.
    const shown = typeof text === 'string' && text.includes('@') ? 'the one given' : JSON.stringify(text)
    throw new TypeError(
      `publicBaseUrl must be an http or https URL without query and fragment, such as 'https://api.example.com/shop'; ${shown} ${fault}.`,
    )
  }
  const { origin, pathname } = new URL(text)
  return origin + (pathname.endsWith('/') ? pathname.slice(0, -1) : pathname)
}
