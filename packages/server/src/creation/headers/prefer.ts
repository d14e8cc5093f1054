import { parseParameter, splitOutsideQuotes } from './field-syntax.ts'

/** The preferences that a creation can honour. */
export interface Preferences {
  /** Whether the answer shall hold the created resource (RFC 7240 §4.2); absent if the client has no preference. */
  readonly return?: 'minimal' | 'representation'
}

const NONE: Preferences = Object.freeze({})

/**
 * Reads the lines of the header `Prefer` (RFC 7240 §2). Of a preference that is given twice the first counts; what is
 * unknown or malformed is ignored, because a preference must never make a request fail.
 */
export function parsePrefer(lines: readonly string[]): Preferences {
  for (const line of lines) {
    for (const element of splitOutsideQuotes(line, ',')) {
      const preference = parseParameter(splitOutsideQuotes(element, ';')[0]!)
      if (preference?.name !== 'return') continue
      // The values are literals of an ABNF, which have no case (RFC 5234 §2.3).
      const value = preference.value?.toLowerCase()
      return value === 'minimal' || value === 'representation' ? { return: value } : NONE
    }
  }
  return NONE
}

/** The preference for what the answer holds, from the header as the adapter has it. */
export function preferredReturn(header: string | readonly string[] | undefined): Preferences['return'] {
  return header === undefined ? undefined : parsePrefer(typeof header === 'string' ? [header] : header).return
}
