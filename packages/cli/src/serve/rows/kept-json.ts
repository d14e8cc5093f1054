import { keptText } from './kept-text.ts'

// JSON.stringify writes U+0000 and lone surrogates as escapes; a backslash that is itself escaped is taken first.
const PAIR = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|.)/g

/**
 * A JSON text as every database takes it: the texts in it are as {@link keptText} makes them, so that names and values
 * can be compared inside the database; whatever else stands there stays.
 */
export function keptJson(json: string): string {
  const escaped = keptText(json)
  return escaped.includes('\\u') ? escaped.replace(PAIR, escapeOne) : escaped
}

function escapeOne(pair: string, digits: string | undefined): string {
  return digits === undefined ? pair : keptText(String.fromCharCode(Number.parseInt(digits, 16)))
}

/** The JSON text that was kept. */
export function meantJson(kept: string): string {
  return kept.includes('\uFDD0') ? kept.replace(/\uFDD0([0-9a-f]{4})/g, '\\u$1') : kept
}
