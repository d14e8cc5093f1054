/** Why a value cannot be part of an address: a reason that reads on from the value's name, such as `is empty`. */
export interface RefusedValue {
  readonly reason: string
}

// encodeURIComponent leaves these sub-delims of RFC 3986 §2.2 alone, which some routers give a meaning.
const LEFT_ALONE = /[!'()*]/g

// Segments that URL parsers fold away (WHATWG URL, "single-dot" and "double-dot URL path segment"). Their escaped
// spellings would survive one decoding more, but not the two that some proxies do.
const DOTS = /^(?:\.|%2e){1,2}$/i

/** 1 for the code units of `A-Z a-z 0-9 - . _ ~`, which RFC 3986 §2.3 leaves unreserved. */
const UNRESERVED = new Uint8Array(128)
for (const unit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~') {
  UNRESERVED[unit.charCodeAt(0)] = 1
}

function refused(reason: string): RefusedValue {
  return { reason }
}

function encodeText(text: string, where: 'path' | 'query'): string | RefusedValue {
  if (text === '') return refused('is empty')
  const first = text.charCodeAt(0)
  if (where === 'path' && (first === 0x2e || first === 0x25) && DOTS.test(text)) {
    return refused('is "." or "..", which no escape protects: every URL parser folds it away')
  }
  for (let i = 0; i < text.length; i++) {
    // Beyond the table there is nothing, which is not 1 either.
    if (UNRESERVED[text.charCodeAt(i)] !== 1) return escapeText(text)
  }
  return text
}

function escapeText(text: string): string | RefusedValue {
  try {
    return encodeURIComponent(text).replace(LEFT_ALONE, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`)
  } catch {
    return refused('has half of a surrogate pair, which has no UTF-8 and so no escape')
  }
}

function encodeNumber(value: number): string | RefusedValue {
  if (Number.isSafeInteger(value)) return `${value}`
  if (!Number.isInteger(value)) return refused(`is the number ${value}, where a string or an integer is needed`)
  return refused('is a number beyond 2^53, which may have lost digits: use a string or a bigint')
}

/**
 * Percent-encodes a value as one segment of a path, or as one value in a query: everything but the unreserved
 * characters of RFC 3986 §2.3, such that no value adds, removes or leaves a segment.
 *
 * Takes strings, integers, bigints and booleans; refuses everything else, the empty string, lone surrogates and, in
 * a path, `.` and `..` in all their spellings.
 */
export function encodeSegment(value: unknown, where: 'path' | 'query' = 'path'): string | RefusedValue {
  if (typeof value === 'string') return encodeText(value, where)
  if (typeof value === 'number') return encodeNumber(value)
  if (typeof value === 'bigint' || typeof value === 'boolean') return `${value}`
  if (value === undefined) return refused('is missing')
  if (value === null) return refused('is null')
  const article = typeof value === 'object' ? 'an' : 'a'
  return refused(`is ${article} ${typeof value}, where a string or an integer is needed`)
}
