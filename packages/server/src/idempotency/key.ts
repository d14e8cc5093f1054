import { trimSpace } from '../creation/headers/field-syntax.ts'

/** What the header `Idempotency-Key` of a request says. */
export type ParsedKey =
  | { readonly kind: 'absent' }
  | { readonly kind: 'key'; readonly key: string }
  | {
      readonly kind: 'invalid'
      /** What is wrong, as a sentence for the client; never shows the key, which is the client's secret. */
      readonly detail: string
    }

/**
 * The most characters of a key. Stripe's limit, and enough for any UUID, hash or signed token, while (scope, key) still
 * fits an index entry of every database.
 */
const MAX_KEY_LENGTH = 255

const HOW = 'Send one key of 1 to 255 characters, bare such as 8e03978e-40d5-43e8 or in double quotes.'

const QUOTE = 0x22
const COMMA = 0x2c
const SEMICOLON = 0x3b
const BACKSLASH = 0x5c

const ABSENT: ParsedKey = Object.freeze({ kind: 'absent' })

function invalid(what: string): ParsedKey {
  return { kind: 'invalid', detail: `${what} ${HOW}` }
}

const REPEATED = 'The header Idempotency-Key is given more than once.'
const PARAMETERS = 'The header Idempotency-Key has a parameter, and a key has none.'

function parseBare(text: string): ParsedKey {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === COMMA) return invalid('The header Idempotency-Key has a comma: a list of keys is not one key.')
    if (code === SEMICOLON) return invalid(PARAMETERS)
    if (code === 0x20 || code === 0x09) return invalid('The bare Idempotency-Key has a space inside.')
    if (code < 0x21 || code > 0x7e) return invalid('The Idempotency-Key has a character outside printable ASCII.')
    if (code === QUOTE || code === BACKSLASH)
      return invalid('The bare Idempotency-Key has a quote or a backslash inside.')
  }
  return checkLength(text)
}

/** An sf-string (RFC 9651 §4.2.5) and nothing behind it. */
function parseQuoted(text: string): ParsedKey {
  let key = ''
  let from = 1
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      key += text.slice(from, i)
      return i === text.length - 1 ? checkLength(key) : trailing(text, i + 1)
    }
    if (code === BACKSLASH) {
      const escaped = text.charCodeAt(i + 1)
      if (escaped !== QUOTE && escaped !== BACKSLASH)
        return invalid('The quoted Idempotency-Key has a backslash before something else than a quote or a backslash.')
      key += text.slice(from, i)
      // The escaped character itself starts the next piece.
      from = ++i
    } else if (code < 0x20 || code > 0x7e) {
      return invalid('The Idempotency-Key has a character outside printable ASCII.')
    }
  }
  return invalid('The quoted Idempotency-Key has no closing quote.')
}

function trailing(text: string, from: number): ParsedKey {
  const rest = text.slice(from).trimStart()
  if (rest.startsWith(',')) return invalid(REPEATED)
  if (rest.startsWith(';')) return invalid(PARAMETERS)
  return invalid('The Idempotency-Key goes on behind its closing quote.')
}

function checkLength(key: string): ParsedKey {
  if (key.length === 0) return invalid('The Idempotency-Key is empty.')
  if (key.length > MAX_KEY_LENGTH) return invalid(`The Idempotency-Key has ${key.length} characters.`)
  return { kind: 'key', key }
}

/**
 * Reads the lines of the header `Idempotency-Key`, as received and not joined.
 *
 * Takes the bare spelling that most APIs document and the quoted string (RFC 9651 §3.3.3) that
 * draft-ietf-httpapi-idempotency-key-header asks for; both are one key. A second line, a list and a parameter are
 * invalid: a doubtful key must not protect anything.
 */
export function parseKey(lines: readonly string[]): ParsedKey {
  if (lines.length === 0) return ABSENT
  if (lines.length > 1) return invalid(REPEATED)
  const text = trimSpace(lines[0]!)
  return text.charCodeAt(0) === QUOTE ? parseQuoted(text) : parseBare(text)
}
