const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
const VALUE = /^[\x20-\x7e\t]*$/

// The library decides these; a second opinion would make two lines of one field.
const RESERVED = new Set([
  'content-type',
  'content-length',
  'etag',
  'transfer-encoding',
  'connection',
  'idempotent-replayed',
])

/**
 * Checks a response header that an author added (RFC 9110 §5.5): a wrong one throws inside the transaction, where
 * it can still be rolled back, and not in the framework after the commit.
 */
export function checkHeader(name: string, value: string): string {
  if (!NAME.test(name)) throw new TypeError(`${JSON.stringify(name)} is no header name.`)
  if (RESERVED.has(name.toLowerCase())) {
    throw new TypeError(`The header ${name} has a setting of its own, or is the framework's; create() can't set it.`)
  }
  if (typeof value === 'string' && VALUE.test(value)) return value
  throw new TypeError(`The header ${name} must be ASCII text without control characters; got ${JSON.stringify(value)}.`)
}
