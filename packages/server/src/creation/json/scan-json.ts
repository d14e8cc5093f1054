import { MAX_LEVELS } from './examine-json.ts'
import { ALWAYS_PLAIN_DIGITS, isPlainNumber } from './json-number.ts'

// No count of members is negative.
const NEEDS_CARE = -1

const HEX = 16

/** The code unit of an escape `\uXXXX` that starts at an offset of valid JSON, or -1 if none starts there. */
function escapedUnit(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x5c || text.charCodeAt(at + 1) !== 0x75) return -1
  return Number.parseInt(text.slice(at + 2, at + 6), HEX)
}

/** The offset behind the escape at an offset of valid JSON; -1 for half a surrogate pair. */
function behindEscape(text: string, at: number): number {
  const unit = escapedUnit(text, at)
  if (unit < 0) return at + 2
  if (unit < 0xd800 || unit > 0xdfff) return at + 6
  const low = unit < 0xdc00 ? escapedUnit(text, at + 6) : -1
  return low >= 0xdc00 && low <= 0xdfff ? at + 12 : -1
}

/**
 * Looks once over a text that JSON.parse accepts, for what its value no longer shows: returns how many members are
 * written in it, or a negative number if only a careful walk can judge it: nested too deep, a lone surrogate, a number
 * that a double cannot repeat.
 */
export function scanJson(text: string): number {
  const { length } = text
  let members = 0
  let levels = 0
  // Both are looked up only after they were passed: each character is searched once, however many strings there are.
  let quote = -1
  let backslash = text.indexOf('\\')
  if (backslash < 0) backslash = length
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x22) {
      i++
      for (;;) {
        if (quote < i) quote = text.indexOf('"', i)
        if (backslash > quote) {
          i = quote
          break
        }
        i = behindEscape(text, backslash)
        if (i < 0) return NEEDS_CARE
        backslash = text.indexOf('\\', i)
        if (backslash < 0) backslash = length
      }
    } else if (code === 0x3a) {
      members++
    } else if (code === 0x7b || code === 0x5b) {
      if (++levels > MAX_LEVELS) return NEEDS_CARE
    } else if (code === 0x7d || code === 0x5d) {
      levels--
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const start = i
      let exponent = false
      for (;;) {
        const next = text.charCodeAt(i + 1)
        if (next === 0x65 || next === 0x45) exponent = true
        else if (!((next >= 0x30 && next <= 0x39) || next === 0x2e || next === 0x2d || next === 0x2b)) break
        i++
      }
      if ((exponent || i - start >= ALWAYS_PLAIN_DIGITS) && !isPlainNumber(text.slice(start, i + 1))) return NEEDS_CARE
    }
  }
  return members
}
