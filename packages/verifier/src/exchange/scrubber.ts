import type { HeaderLine } from './exchange.ts'

/** What stands in place of a secret in every report. */
export const masked = '***'

// Header lines that say how to talk, whoever gives them.
const harmless = /^(accept|accept-.*|content-type|user-agent|prefer|origin)$/i

/** The header lines, of those that the user gave, whose values are secrets: whatever is not known to be harmless. */
export function secretLines(given: readonly HeaderLine[]): HeaderLine[] {
  return given.filter(([name]) => !harmless.test(name))
}

/** Makes what masks, in any text, the values that the user gave with `--header` and the target may have echoed. */
export function scrubber(given: readonly HeaderLine[]): (text: string) => string {
  const values = secretLines(given)
    .flatMap(([, value]) => [value, value.replace(/^\w+ /, '')])
    .filter((value) => value.length >= 8)
  return (text) => values.reduce((rest, value) => rest.split(value).join(masked), text)
}
