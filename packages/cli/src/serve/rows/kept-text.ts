// A noncharacter, which Unicode keeps free for uses inside a program, so that next to no text changes by the escaping.
const ESCAPE = '\uFDD0'

// What PostgreSQL refuses in text and JSON, what UTF-8 cannot write, and the escape itself.
const SPECIAL = /[\0\uFDD0]|\p{Surrogate}/gu
const MAY_BE_SPECIAL = /[\0\uFDD0\uD800-\uDFFF]/
const ESCAPED = /\uFDD0([0-9a-f]{4})/g

/**
 * A text as databases can keep it: U+0000 and lone surrogates, which UTF-8 or PostgreSQL have no place for, become the
 * noncharacter U+FDD0 and four hexadecimal digits. Two different texts stay different.
 */
export function keptText(text: string): string {
  if (!MAY_BE_SPECIAL.test(text)) return text
  return text.replace(SPECIAL, (one) => ESCAPE + one.charCodeAt(0).toString(16).padStart(4, '0'))
}

/** The text that was kept. */
export function meantText(kept: string): string {
  if (!kept.includes(ESCAPE)) return kept
  return kept.replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
