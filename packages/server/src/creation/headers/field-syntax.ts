// RFC 9110 §5.6.2.
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

// RFC 9110 §5.6.4; each branch begins with another character, so that it cannot be matched in two ways.
const QUOTED = /^"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"$/

const TAB = 0x09
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** A parameter or preference: its name in lower case, and its value without quotes, undefined if it has none. */
export interface Parameter {
  readonly name: string
  readonly value: string | undefined
}

/** True for a token of RFC 9110 §5.6.2. */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** The text without the optional white space around it (OWS of RFC 9110 §5.6.3: spaces and tabs, nothing else). */
export function trimSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

function isSpace(code: number): boolean {
  return code === SPACE || code === TAB
}

/** The trimmed parts of a field value between separators, those in quoted strings not counted; empty parts included. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const wanted = separator.charCodeAt(0)
  const parts: string[] = []
  let from = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) quoted = !quoted
    else if (code === BACKSLASH && quoted) i++
    else if (code === wanted && !quoted) {
      parts.push(trimSpace(text.slice(from, i)))
      from = i + 1
    }
  }
  parts.push(trimSpace(text.slice(from)))
  return parts
}

/** Reads `name`, `name=token` or `name="quoted string"`; undefined if it is none of them. */
export function parseParameter(text: string): Parameter | undefined {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : trimSpace(text.slice(0, equals))
  if (!isToken(name)) return undefined
  if (equals < 0) return { name: name.toLowerCase(), value: undefined }
  const word = trimSpace(text.slice(equals + 1))
  if (QUOTED.test(word)) return { name: name.toLowerCase(), value: word.slice(1, -1).replace(/\\(.)/g, '$1') }
  return isToken(word) ? { name: name.toLowerCase(), value: word } : undefined
}
