import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }
// Whoever waits for longer wants a scheduler.
const LONGEST_MS = 3_600_000

/** Reads `60s`, `500ms`, `2m`, or a number of seconds, as milliseconds. */
export function parseDuration(text: string): number {
  const [, count, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(text) ?? []
  const ms = Number(count) * (UNITS[unit] ?? 1)
  if (count !== undefined && ms <= LONGEST_MS) return ms
  throw new InvalidArgumentError('Write it as 60s, 500ms or 2m, at most 60m.')
}
