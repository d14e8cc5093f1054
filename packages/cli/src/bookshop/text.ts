import { z } from 'zod'

// Control characters have no place in a name or a title, and SQLite's text ends at the first NUL.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are named in order to be refused
const WITHOUT_CONTROLS = /^[^\u0000-\u001f\u007f]*$/

/** One line of text of 1 to `max` characters. */
export function line(max: number): z.ZodString {
  return z.string().min(1).max(max).regex(WITHOUT_CONTROLS, 'has control characters')
}
