/**
 * The most characters of an address: what RFC 9110 §4.1 recommends everybody to support. Servers and proxies in front
 * cut longer header lines off, after the creation is committed.
 */
export const MAX_ADDRESS_LENGTH = 8000

// The characters of RFC 3986 §3.3 and §3.4; `#` begins a fragment and is not among them.
const FOREIGN = /[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/u
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i

function named(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[!-~]/.test(character) ? `"${character}"` : `U+${code}`
}

/**
 * Checks a path that begins with `/`, and its query if it has one, as one that means the same to every reader
 * (RFC 3986 §3.3 and §3.4). Returns what is wrong, so that it reads on from the path's name, or undefined.
 */
export function pathFault(text: string): string | undefined {
  if (text.length > MAX_ADDRESS_LENGTH) return `has ${text.length} characters, more than ${MAX_ADDRESS_LENGTH}`
  if (text.includes('#')) return 'has a fragment ("#"), which names a part of a resource'
  const foreign = FOREIGN.exec(text)?.[0]
  if (foreign !== undefined) return `contains ${named(foreign)}, which must be percent-encoded`
  if (BROKEN_ESCAPE.test(text)) return 'has a "%" without two hexadecimal digits behind it'
  const query = text.indexOf('?')
  const path = query < 0 ? text : text.slice(0, query)
  if (!path.startsWith('/')) return 'does not begin with "/"'
  if (path.startsWith('//')) return 'begins with "//", which leads to another host'
  if (path.includes('//')) return 'has an empty segment ("//")'
  if (DOT_SEGMENT.test(path)) return 'has a segment "." or "..", which every URL parser folds away'
  return undefined
}
